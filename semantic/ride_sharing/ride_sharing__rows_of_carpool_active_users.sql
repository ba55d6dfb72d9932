{{ rows_of_metric('mart_carpool_active_users', 'carpool_rider_days', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__rider_days'),
]) }}
