{#- All that is wrong with the vars of messenger, as a list of sentences. A var is replaced as a whole, so all is named. -#}

{% macro check_messenger_settings() %}
    {%- set problems = [] -%}
    {%- for name, settings in {
        'engagement_weights': ['messages', 'active_days', 'conversations', 'rich_media'],
        'messenger_thresholds': [
            'power_user_share', 'top_share', 'high_active_days', 'diverse_conversations', 'rich_media_messages',
            'significant_drop', 'low_messages', 'low_active_days', 'inactive_days',
        ],
    }.items() -%}
        {%- for setting in settings if var(name)[setting] is not number -%}
            {%- do problems.append(name ~ ': ' ~ setting ~ ' is not a number') -%}
        {%- endfor -%}
        {%- for setting in var(name) if setting not in settings -%}
            {%- do problems.append(name ~ ': ' ~ setting ~ ' is not one of ' ~ settings | join(', ')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}
