{{ stage_event('stickiness', 'session_start') }}
