{{ target_status('food_delivery', ref('food_delivery__metric_values')) }}
