{{ rows_of_metric('mart_platform_revenue_per_carpool_ride', 'carpool_rides', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__rides'),
], 'ride_date', ref('dim_ride_sharing__dates')) }}
