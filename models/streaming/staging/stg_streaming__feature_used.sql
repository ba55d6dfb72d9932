{{ stage_event('streaming', 'feature_used') }}
