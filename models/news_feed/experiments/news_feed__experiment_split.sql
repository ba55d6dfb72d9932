{%- set experiment = feed_ranking_experiment() -%}
{{ sample_ratio_mismatch(
    ref('fct_news_feed__experiment_users'),
    experiment.shares,
    segments=experiment.segments,
) }}
