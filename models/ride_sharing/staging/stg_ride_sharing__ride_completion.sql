{{ stage_event('ride_sharing', 'ride_completion') }}
