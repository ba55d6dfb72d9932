{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('food_delivery', [
    'batch_offer_acceptance_rate',
    'batched_delivery_time_increase',
    'batched_eta_accuracy',
    'batched_food_issue_rate',
    'batched_food_quality_rating',
    'batching_rate',
    'cost_per_delivery',
    'courier_earnings_per_hour',
    'customer_delivery_fee_impact',
    'deliveries_per_active_hour',
    'marketplace_efficiency_gain',
    'mileage_per_delivery',
    'order_throughput',
    'time_per_batched_delivery',
]) }}
