{%- set experiment = batching_experiment() -%}
{{ sample_ratio_mismatch(
    ref('fct_food_delivery__switchback_windows'),
    experiment.shares,
    segments=experiment.segments,
) }}
