{{ rows_of_metric('mart_carpool_ride_penetration', 'rides', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__rides'),
], 'ride_date', ref('dim_ride_sharing__dates')) }}
