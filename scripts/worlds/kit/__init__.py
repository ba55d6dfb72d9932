"""What a world is made of: days with their chance and log, people, habits, sessions, a calendar."""
