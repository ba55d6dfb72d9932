{{ stage_event('streaming', 'streaming_session_end') }}
