{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('messenger', [
    'active_conversations_per_user',
    'active_messaging_days',
    'churn_prediction_score',
    'composite_engagement_score',
    'conversations_initiated_per_user',
    'diverse_conversations',
    'high_active_days',
    'high_inactivity_period',
    'high_message_volume',
    'high_rich_media_usage',
    'messages_sent_per_user',
    'rich_media_usage_rate',
    'significant_activity_drop',
    'sustained_low_activity',
]) }}
