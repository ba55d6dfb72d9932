{{ stage_event('news_feed', 'feed_scroll') }}
