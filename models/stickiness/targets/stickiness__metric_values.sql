{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('stickiness', [
    'active_day_ratios',
    'active_days_distribution',
    'content_views_per_user',
    'creating_user_share',
    'day_n_retention',
    'engagement_tiers',
    'features_used_per_user',
    'inter_session_interval',
    'lness',
    'resurrection_rate',
    'rolling_window_retention',
    'session_frequency_per_user',
    'social_user_share',
    'time_spent_per_active_user',
]) }}
