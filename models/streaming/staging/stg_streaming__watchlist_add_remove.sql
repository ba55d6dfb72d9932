{{ stage_event('streaming', 'watchlist_add_remove') }}
