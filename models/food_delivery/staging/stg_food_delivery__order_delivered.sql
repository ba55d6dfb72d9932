{{ stage_event('food_delivery', 'order_delivered') }}
