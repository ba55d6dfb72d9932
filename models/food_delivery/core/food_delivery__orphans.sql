{#- Whatever is said of an order needs the order, an answer its offer, and a batch an offer to a courier. -#}
{%- set references = [] -%}
{%- for event in [
    'order_delivered',
    'customer_support_ticket',
    'customer_rating_order',
    'driver_pickup_complete',
    'driver_delivery_complete',
] -%}
    {%- do references.append({
        'event': event,
        'field': 'order_id',
        'parent': 'fct_food_delivery__orders',
        'day': 'order_date',
        'matches': {'order_id': 'events.order_id'},
    }) -%}
{%- endfor -%}
{%- do references.append({
    'event': 'driver_batch_offer_response',
    'field': 'offer_id',
    'parent': 'fct_food_delivery__offers',
    'day': 'offer_date',
    'matches': {'offer_id': 'events.offer_id'},
}) -%}
{%- do references.append({
    'event': 'batch_creation_details',
    'field': 'batch_id',
    'parent': 'fct_food_delivery__offers',
    'day': 'offer_date',
    'matches': {'batch_id': 'events.batch_id'},
}) -%}

{{ orphaned_events('food_delivery', references) }}
