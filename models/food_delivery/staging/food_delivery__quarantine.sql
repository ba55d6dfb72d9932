{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('food_delivery', [
    'batch_creation_details',
    'customer_rating_order',
    'customer_support_ticket',
    'driver_batch_offer_received',
    'driver_batch_offer_response',
    'driver_delivery_complete',
    'driver_online_session',
    'driver_pickup_complete',
    'order_delivered',
    'order_placed',
]) }}
