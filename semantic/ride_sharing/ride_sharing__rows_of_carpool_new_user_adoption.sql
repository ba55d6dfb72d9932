{{ rows_of_metric('mart_carpool_new_user_adoption', 'first_rides', [
    ref('dim_ride_sharing__dates'),
    ref('dim_ride_sharing__riders'),
    ref('fct_ride_sharing__ride_riders'),
], 'first_ride_date', ref('dim_ride_sharing__dates')) }}
