{{ stage_event('food_delivery', 'driver_pickup_complete') }}
