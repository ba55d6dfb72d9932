{{ stage_event('short_video', 'local_search_query') }}
