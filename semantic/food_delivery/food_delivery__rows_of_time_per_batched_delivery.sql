{{ rows_of_metric('mart_time_per_batched_delivery', 'batched_routes', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__routes'),
], 'route_date', ref('dim_food_delivery__dates')) }}
