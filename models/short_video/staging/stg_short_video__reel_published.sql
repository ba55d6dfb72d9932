{{ stage_event('short_video', 'reel_published') }}
