{{ stage_event('short_video', 'reel_session_summary') }}
