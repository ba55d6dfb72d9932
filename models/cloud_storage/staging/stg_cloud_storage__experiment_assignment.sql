{{ stage_event('cloud_storage', 'experiment_assignment') }}
