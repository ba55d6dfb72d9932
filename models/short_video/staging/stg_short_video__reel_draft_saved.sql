{{ stage_event('short_video', 'reel_draft_saved') }}
