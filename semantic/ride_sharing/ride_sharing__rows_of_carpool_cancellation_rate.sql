{{ rows_of_metric('mart_carpool_cancellation_rate', 'matches_cancellations_and_requests', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__cancellations'),
    ref('fct_ride_sharing__matches'),
    ref('fct_ride_sharing__requests'),
], 'event_date', ref('dim_ride_sharing__dates')) }}
