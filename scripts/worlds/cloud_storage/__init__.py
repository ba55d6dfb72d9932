"""Cloud storage: Quick Access suggests files on the home screen, in an experiment."""
