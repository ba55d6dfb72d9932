{{ rows_of_metric('mart_carpool_support_tickets_per_1k_rides', 'rides_and_tickets', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__rides'),
    ref('fct_ride_sharing__tickets'),
], 'event_date', ref('dim_ride_sharing__dates')) }}
