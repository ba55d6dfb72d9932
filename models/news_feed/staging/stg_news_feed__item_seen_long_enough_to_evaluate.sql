{{ stage_event('news_feed', 'item_seen_long_enough_to_evaluate') }}
