{{ stage_event('short_video', 'ip_address_seen') }}
