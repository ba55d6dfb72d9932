{{ rows_of_metric('mart_carpool_request_success_rate', 'requests', [
    ref('dim_ride_sharing__dates'),
    ref('fct_ride_sharing__matches'),
    ref('fct_ride_sharing__requests'),
], 'request_date', ref('dim_ride_sharing__dates')) }}
