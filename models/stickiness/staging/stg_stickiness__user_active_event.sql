{{ stage_event('stickiness', 'user_active_event') }}
