{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('ride_sharing', [
    'carpool_active_users',
    'carpool_average_detour_time',
    'carpool_average_fill_rate',
    'carpool_cancellation_rate',
    'carpool_driver_csat',
    'carpool_new_user_adoption',
    'carpool_request_success_rate',
    'carpool_ride_penetration',
    'carpool_rider_csat',
    'carpool_support_tickets_per_1k_rides',
    'driver_earnings_per_hour',
    'platform_revenue_per_carpool_ride',
]) }}
