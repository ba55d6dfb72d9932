{{ stage_event('news_feed', 'app_uninstall') }}
