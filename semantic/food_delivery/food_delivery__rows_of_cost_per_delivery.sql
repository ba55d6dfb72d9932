{{ rows_of_metric('mart_cost_per_delivery', 'routes', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__routes'),
], 'route_date', ref('dim_food_delivery__dates')) }}
