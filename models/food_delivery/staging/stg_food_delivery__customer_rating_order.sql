{{ stage_event('food_delivery', 'customer_rating_order') }}
