{{ stage_event('food_delivery', 'customer_support_ticket') }}
