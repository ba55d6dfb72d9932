{{ stage_event('short_video', 'view_on_content') }}
