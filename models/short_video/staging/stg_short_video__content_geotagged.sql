{{ stage_event('short_video', 'content_geotagged') }}
