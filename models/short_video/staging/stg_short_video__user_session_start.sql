{{ stage_event('short_video', 'user_session_start') }}
