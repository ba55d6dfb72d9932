{{ quarantine_events('cloud_storage', [
    'quick_access_impression',
    'quick_access_click',
    'quick_access_negative_feedback',
    'file_opened',
    'search_query_executed',
    'navigation_action',
    'experiment_assignment',
    'user_first_quick_access_click',
]) }}
