{{ stage_event('ride_sharing', 'user_first_ride') }}
