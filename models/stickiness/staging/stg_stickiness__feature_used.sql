{{ stage_event('stickiness', 'feature_used') }}
