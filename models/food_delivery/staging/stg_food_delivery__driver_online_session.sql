{{ stage_event('food_delivery', 'driver_online_session') }}
