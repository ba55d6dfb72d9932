{{ stage_event('streaming', 'content_rating') }}
