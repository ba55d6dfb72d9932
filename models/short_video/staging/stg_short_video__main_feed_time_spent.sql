{{ stage_event('short_video', 'main_feed_time_spent') }}
