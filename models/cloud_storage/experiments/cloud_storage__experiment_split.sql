{%- set experiment = quick_access_experiment() -%}
{{ sample_ratio_mismatch(
    ref('fct_cloud_storage__experiment_users'),
    experiment.shares,
    segments=experiment.segments,
) }}
