{{ stage_event('short_video', 'user_active_session_start') }}
