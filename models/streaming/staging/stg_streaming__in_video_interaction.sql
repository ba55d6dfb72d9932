{{ stage_event('streaming', 'in_video_interaction') }}
