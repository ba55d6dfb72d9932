{{ rows_of_metric('mart_driver_earnings_per_hour', 'rides', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__rides'),
], 'ride_date', ref('dim_ride_sharing__dates')) }}
