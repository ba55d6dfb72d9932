{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('cloud_storage', [
    'experiment_assignment',
    'file_opened',
    'navigation_action',
    'quick_access_click',
    'quick_access_impression',
    'quick_access_negative_feedback',
    'search_query_executed',
    'user_first_quick_access_click',
]) }}
