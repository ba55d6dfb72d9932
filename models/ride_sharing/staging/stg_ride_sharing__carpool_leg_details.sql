{{ stage_event('ride_sharing', 'carpool_leg_details') }}
