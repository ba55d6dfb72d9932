{#-
    What may be set otherwise for messenger. The vars engagement_weights and messenger_thresholds replace single
    entries; for example {messenger_thresholds: {inactive_days: 21}}
-#}

{% macro messenger_defaults() %}
    {{- return({
        'engagement_weights': {
            'messages': 0.3,
            'active_days': 0.3,
            'conversations': 0.25,
            'rich_media': 0.15,
        },
        'messenger_thresholds': {
            'power_user_share': 0.075,
            'top_share': 0.2,
            'high_active_days': 10,
            'diverse_conversations_per_week': 2,
            'rich_media_messages': 5,
            'significant_drop': 0.5,
            'low_messages': 4,
            'low_active_days': 3,
            'inactive_days': 14,
        },
    }) -}}
{% endmacro %}


{#- What each feature weighs in the engagement score, in all 1. -#}
{% macro engagement_weights() %}
    {{- return(dict(messenger_defaults().engagement_weights, **var('engagement_weights', {}))) -}}
{% endmacro %}


{#- Where the segments of users, and the rules of churn risk, begin. -#}
{% macro messenger_thresholds() %}
    {{- return(dict(messenger_defaults().messenger_thresholds, **var('messenger_thresholds', {}))) -}}
{% endmacro %}


{#- The vars that rows of messenger depend on: with another value its daily builds begin anew. -#}

{% macro messenger_settings() %}
    {{- return(['engagement_weights', 'messenger_thresholds']) -}}
{% endmacro %}
