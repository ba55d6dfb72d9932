{{ stage_event('streaming', 'user_login_success') }}
