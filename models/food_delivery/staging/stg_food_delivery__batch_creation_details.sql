{{ stage_event('food_delivery', 'batch_creation_details') }}
