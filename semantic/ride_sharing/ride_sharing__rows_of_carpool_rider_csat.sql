{{ rows_of_metric('mart_carpool_rider_csat', 'rider_opinions', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__ratings'),
], 'rating_date', ref('dim_ride_sharing__dates')) }}
