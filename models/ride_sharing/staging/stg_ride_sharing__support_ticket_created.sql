{{ stage_event('ride_sharing', 'support_ticket_created') }}
