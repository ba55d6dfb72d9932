{{ stage_event('cloud_storage', 'quick_access_impression') }}
