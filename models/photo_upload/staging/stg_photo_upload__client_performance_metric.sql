{{ stage_event('photo_upload', 'client_performance_metric') }}
