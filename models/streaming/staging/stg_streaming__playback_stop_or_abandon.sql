{{ stage_event('streaming', 'playback_stop_or_abandon') }}
