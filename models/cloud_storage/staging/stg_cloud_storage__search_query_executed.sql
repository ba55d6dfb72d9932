{{ stage_event('cloud_storage', 'search_query_executed') }}
