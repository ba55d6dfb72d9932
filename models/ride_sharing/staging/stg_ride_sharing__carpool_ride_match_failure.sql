{{ stage_event('ride_sharing', 'carpool_ride_match_failure') }}
