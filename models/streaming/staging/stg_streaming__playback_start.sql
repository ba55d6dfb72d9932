{{ stage_event('streaming', 'playback_start') }}
