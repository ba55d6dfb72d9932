{{ rows_of_metric('mart_batched_delivery_time_increase', 'deliveries_by_week', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__deliveries'),
], 'order_date', ref('dim_food_delivery__dates')) }}
