{{ stage_event('stickiness', 'content_created') }}
