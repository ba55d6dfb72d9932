{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('news_feed', [
    'app_uninstall',
    'feed_scroll',
    'feed_session_end',
    'feed_session_start',
    'item_impression_in_feed',
    'item_interaction_in_feed',
    'item_seen_long_enough_to_evaluate',
    'user_follow_action',
    'user_survey_response',
]) }}
