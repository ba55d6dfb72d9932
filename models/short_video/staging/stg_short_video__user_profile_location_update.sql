{{ stage_event('short_video', 'user_profile_location_update') }}
