{{ stage_event('short_video', 'stories_viewed') }}
