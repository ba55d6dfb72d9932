{{ rows_of_metric('mart_order_throughput', 'zone_windows', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__courier_sessions'),
    ref('fct_food_delivery__zone_windows'),
], 'window_date', ref('dim_food_delivery__dates')) }}
