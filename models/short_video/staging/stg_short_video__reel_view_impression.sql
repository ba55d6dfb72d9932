{{ stage_event('short_video', 'reel_view_impression') }}
