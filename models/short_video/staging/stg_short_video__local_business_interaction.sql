{{ stage_event('short_video', 'local_business_interaction') }}
