-- Groups are compared in a fact and in the comparison: depends_on: {{ ref('food_delivery__comparison_effects') }}
-- depends_on: {{ ref('fct_food_delivery__routes') }}
{{ target_status('food_delivery', ref('food_delivery__metric_values')) }}
