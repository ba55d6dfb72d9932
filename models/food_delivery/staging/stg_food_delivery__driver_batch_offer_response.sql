{{ stage_event('food_delivery', 'driver_batch_offer_response') }}
