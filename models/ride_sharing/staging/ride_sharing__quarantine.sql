{{ quarantine_events('ride_sharing', [
    'carpool_ride_request',
    'carpool_ride_match_success',
    'carpool_ride_match_failure',
    'ride_completion',
    'user_first_ride',
    'carpool_leg_details',
    'ride_rating_submitted',
    'ride_cancellation',
    'support_ticket_created',
]) }}
