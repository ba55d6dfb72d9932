{{ stage_event('stickiness', 'app_open') }}
