{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('ride_sharing', [
    'carpool_leg_details',
    'carpool_ride_match_failure',
    'carpool_ride_match_success',
    'carpool_ride_request',
    'ride_cancellation',
    'ride_completion',
    'ride_rating_submitted',
    'support_ticket_created',
    'user_first_ride',
]) }}
