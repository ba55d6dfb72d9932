{{ rows_of_metric('mart_carpool_average_detour_time', 'legs', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__legs'),
], 'ride_date', ref('dim_ride_sharing__dates')) }}
