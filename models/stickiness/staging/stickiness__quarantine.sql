{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('stickiness', [
    'app_open',
    'content_created',
    'content_viewed',
    'feature_used',
    'session_start',
    'social_interaction',
    'user_active_event',
]) }}
