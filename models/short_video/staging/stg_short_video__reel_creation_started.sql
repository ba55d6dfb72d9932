{{ stage_event('short_video', 'reel_creation_started') }}
