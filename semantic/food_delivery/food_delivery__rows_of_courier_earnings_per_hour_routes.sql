{{ rows_of_metric('mart_courier_earnings_per_hour', 'routes', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__courier_sessions'),
    ref('fct_food_delivery__routes'),
], 'route_date', ref('dim_food_delivery__dates')) }}
