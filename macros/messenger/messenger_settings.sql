{#- What may be set for messenger alone. An entry that is not given keeps its default. -#}

{% macro messenger_settings() %}
    {%- set share = {'type': 'number', 'minimum': 0, 'maximum': 1} -%}
    {%- set count = {'type': 'number', 'minimum': 0, 'maximum': 1000000} -%}
    {%- set days = {'type': 'integer', 'minimum': 0, 'maximum': 28} -%}
    {{- return([
        {
            'name': 'engagement_weights',
            'type': 'mapping',
            'default': {},
            'meaning': 'What the rank of a user in each feature weighs in the engagement score, in all 1.',
            'entries': [
                dict(share, name='messages', default=0.3, meaning='Messages in 28 days.'),
                dict(share, name='active_days', default=0.3, meaning='Days with a message.'),
                dict(share, name='conversations', default=0.25, meaning='Conversations written in.'),
                dict(share, name='rich_media', default=0.15, meaning='The share of messages with rich media.'),
            ],
        },
        {
            'name': 'messenger_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'Where the segments of users, and the rules of churn risk, begin.',
            'entries': [
                dict(share, name='power_user_share', default=0.075, meaning='The share of users that power users are.'),
                dict(share, name='top_share', default=0.2, meaning='The share of users who have a high rank.'),
                dict(days, name='high_active_days', default=10, meaning='Active days of 28 that are many.'),
                dict(
                    count, name='diverse_conversations_per_week', default=2,
                    meaning='Conversations a week that are many.',
                ),
                dict(
                    count, name='rich_media_messages', default=5,
                    meaning='Messages from which on a share of rich media says something.',
                ),
                dict(
                    share, name='significant_drop', default=0.5,
                    meaning='The share of messages or active days less than the week before that is a drop.',
                ),
                dict(count, name='low_messages', default=4, meaning='Fewer messages in 28 days than this are few.'),
                dict(days, name='low_active_days', default=3, meaning='Fewer active days of 28 than this are few.'),
                dict(
                    count, name='inactive_days', default=14,
                    meaning='More days than this since the last message are a risk.',
                ),
            ],
        },
    ]) -}}
{% endmacro %}


{#- A setting of messenger with all its entries: {name: number}. -#}
{% macro messenger_setting(name) %}
    {{- return(entries_of_setting(name, messenger_settings())) -}}
{% endmacro %}
