{#- All that is wrong with the vars of messenger, as a list of sentences. A var is replaced as a whole, so all is named. -#}

{% macro check_messenger_settings() %}
    {%- set problems = [] -%}
    {%- for name, settings in {
        'engagement_weights': ['messages', 'active_days', 'conversations', 'rich_media'],
        'messenger_thresholds': [
            'power_user_share', 'top_share', 'high_active_days', 'diverse_conversations_per_week',
            'rich_media_messages', 'significant_drop', 'low_messages', 'low_active_days', 'inactive_days',
        ],
    }.items() -%}
        {%- for setting in settings if var(name)[setting] is not number -%}
            {%- do problems.append(name ~ ': ' ~ setting ~ ' is not a number') -%}
        {%- endfor -%}
        {%- for setting in var(name) if setting not in settings -%}
            {%- do problems.append(name ~ ': ' ~ setting ~ ' is not one of ' ~ settings | join(', ')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {#- Nobody is active on more days than there are messages, so that a higher mark for days flags nobody less. -#}
    {%- set thresholds = var('messenger_thresholds') -%}
    {%- if not problems and thresholds.low_active_days >= thresholds.low_messages -%}
        {%- do problems.append(
            'messenger_thresholds: low_active_days changes nothing unless it is below low_messages'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
