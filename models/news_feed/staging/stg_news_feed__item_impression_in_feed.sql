{{ stage_event('news_feed', 'item_impression_in_feed') }}
