{{ rows_of_metric('mart_carpool_driver_csat', 'driver_opinions', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__ratings'),
], 'rating_date', ref('dim_ride_sharing__dates')) }}
