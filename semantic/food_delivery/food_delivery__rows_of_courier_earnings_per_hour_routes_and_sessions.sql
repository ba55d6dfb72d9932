{{ rows_of_metric('mart_courier_earnings_per_hour', 'routes_and_sessions', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__courier_sessions'),
    ref('fct_food_delivery__routes'),
], 'activity_date', ref('dim_food_delivery__dates')) }}
