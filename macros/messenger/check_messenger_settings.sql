{#- What a type cannot say of the settings of messenger, as a list of sentences. -#}

{% macro check_messenger_settings() %}
    {%- set problems = [] -%}
    {#- Nobody is active on more days than there are messages, so that a higher mark for days flags nobody less. -#}
    {%- set thresholds = messenger_setting('messenger_thresholds') -%}
    {%- if thresholds.low_active_days >= thresholds.low_messages -%}
        {%- do problems.append(
            'messenger_thresholds.low_active_days: ' ~ thresholds.low_active_days
            ~ ' is not below low_messages, so that it changes nothing'
        ) -%}
    {%- endif -%}
    {%- set weight = messenger_setting('engagement_weights').values() | sum -%}
    {%- if (weight - 1) | abs > 1e-9 -%}
        {%- do problems.append('engagement_weights: their sum is ' ~ weight ~ ' and not 1') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
