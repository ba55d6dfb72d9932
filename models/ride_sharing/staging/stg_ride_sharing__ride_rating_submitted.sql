{{ stage_event('ride_sharing', 'ride_rating_submitted') }}
