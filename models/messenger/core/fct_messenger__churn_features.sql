{#-
    The one list of what the model may look at, by the column of the snapshot that says until when it is known. Each is
    of a snapshot, so it is known at the cut-off.
-#}
{%- set features = {
    'activity_known_until': {
        'messages_28_days': 'ln(1 + messages_28_days)',
        'messages_week_1': 'ln(1 + messages_week_1)',
        'messages_week_2': 'ln(1 + messages_week_2)',
        'recent_share_of_messages': '1e0 * (messages_week_1 + messages_week_2) / messages_28_days',
        'active_days_28_days': 'ln(1 + active_days_28_days)',
        'active_days_week_1': 'ln(1 + active_days_week_1)',
        'days_since_last_message': 'ln(days_since_last_message)',
        'sessions_28_days': 'ln(1 + sessions_28_days)',
        'sessions_week_1': 'ln(1 + sessions_week_1)',
        'messages_received_28_days': 'ln(1 + messages_received_28_days)',
        'messages_received_week_1': 'ln(1 + messages_received_week_1)',
        'tenure_days': 'ln(1 + tenure_days)',
    },
    'conversations_known_until': {
        'conversations_28_days': 'ln(1 + conversations_28_days)',
        'conversations_week_1': 'ln(1 + conversations_week_1)',
        'conversations_week_2': 'ln(1 + conversations_week_2)',
    },
    'notifications_known_until': {
        'has_notifications_off': 'case when has_notifications_off then 1e0 else 0e0 end',
    },
    'uninstalls_known_until': {
        'has_uninstalled': 'case when has_uninstalled then 1e0 else 0e0 end',
    },
} -%}

{% for known_until, expressions in features.items() %}
    {%- set is_last_group = loop.last %}
    {%- for feature, expression in expressions.items() %}
        select
            user_id,
            cutoff_date,
            {{ sql_text(feature) }} as feature,
            cast({{ expression }} as {{ engine_type('double') }}) as feature_value,
            {{ known_until }} as known_until,
            has_churned
        from {{ recent(ref('fct_messenger__user_snapshots')) }}
        {%- if not (is_last_group and loop.last) %}
            union all
        {%- endif %}
    {%- endfor %}
{% endfor %}
