{{ stage_event('short_video', 'engagement_on_content') }}
