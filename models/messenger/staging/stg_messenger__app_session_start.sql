{{ stage_event('messenger', 'app_session_start') }}
