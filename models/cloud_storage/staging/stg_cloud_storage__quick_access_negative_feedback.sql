{{ stage_event('cloud_storage', 'quick_access_negative_feedback') }}
