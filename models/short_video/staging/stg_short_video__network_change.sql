{{ stage_event('short_video', 'network_change') }}
