{{ stage_event('stickiness', 'content_viewed') }}
