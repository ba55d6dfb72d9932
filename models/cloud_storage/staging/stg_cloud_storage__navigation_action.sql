{{ stage_event('cloud_storage', 'navigation_action') }}
