{{ stage_event('news_feed', 'item_interaction_in_feed') }}
