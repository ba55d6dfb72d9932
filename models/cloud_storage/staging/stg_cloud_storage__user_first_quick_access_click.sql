{{ stage_event('cloud_storage', 'user_first_quick_access_click') }}
