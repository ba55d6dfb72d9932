{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('cloud_storage', [
    'manual_searches_per_user',
    'navigation_actions_per_user',
    'quick_access_active_users',
    'quick_access_adoption_rate',
    'quick_access_ctr',
    'quick_access_frequency',
    'quick_access_mrr',
    'quick_access_negative_feedback_rate',
    'quick_access_open_conversion',
    'time_to_file_open',
]) }}
