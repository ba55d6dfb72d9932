{{ stage_event('short_video', 'reel_tool_used') }}
