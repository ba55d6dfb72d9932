{{ stage_event('news_feed', 'user_follow_action') }}
