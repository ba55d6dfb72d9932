{{ stage_event('news_feed', 'feed_session_start') }}
