{{ stage_event('stickiness', 'social_interaction') }}
