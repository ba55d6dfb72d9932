{{ rows_of_metric('mart_batched_eta_accuracy', 'batched_orders', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__orders'),
], 'order_date', ref('dim_food_delivery__dates')) }}
