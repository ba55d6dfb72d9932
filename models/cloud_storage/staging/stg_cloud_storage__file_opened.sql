{{ stage_event('cloud_storage', 'file_opened') }}
