{{ rows_of_metric('mart_batched_food_issue_rate', 'delivered_orders', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__orders'),
], 'order_date', ref('dim_food_delivery__dates')) }}
