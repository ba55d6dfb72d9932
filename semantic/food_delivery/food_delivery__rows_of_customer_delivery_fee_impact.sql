{{ rows_of_metric('mart_customer_delivery_fee_impact', 'orders', [
    ref('dim_food_delivery__dates'),
    ref('fct_food_delivery__orders'),
], 'order_date', ref('dim_food_delivery__dates')) }}
