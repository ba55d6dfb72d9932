{{ stage_event('short_video', 'feature_interaction') }}
