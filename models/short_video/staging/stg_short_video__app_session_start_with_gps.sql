{{ stage_event('short_video', 'app_session_start_with_gps') }}
