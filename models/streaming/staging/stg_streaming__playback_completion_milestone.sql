{{ stage_event('streaming', 'playback_completion_milestone') }}
