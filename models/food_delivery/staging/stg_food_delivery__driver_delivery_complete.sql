{{ stage_event('food_delivery', 'driver_delivery_complete') }}
