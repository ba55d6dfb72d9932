{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('streaming', [
    'content_rating',
    'feature_used',
    'in_video_interaction',
    'playback_completion_milestone',
    'playback_start',
    'playback_stop_or_abandon',
    'streaming_session_end',
    'streaming_session_start',
    'subscription_change',
    'user_login_success',
    'watchlist_add_remove',
]) }}
