{#- All that is wrong with the vars of messenger, as a list of sentences. -#}

{% macro check_messenger_settings() %}
    {%- set problems = [] -%}
    {%- for name, defaults in messenger_defaults().items() -%}
        {%- for setting, value in var(name, {}).items() -%}
            {%- if setting not in defaults -%}
                {%- do problems.append(name ~ ': ' ~ setting ~ ' is not one of ' ~ defaults.keys() | join(', ')) -%}
            {%- elif value is not number -%}
                {%- do problems.append(name ~ ': ' ~ setting ~ ' is not a number') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {#- Nobody is active on more days than there are messages, so that a higher mark for days flags nobody less. -#}
    {%- set thresholds = messenger_thresholds() -%}
    {%- if not problems and thresholds.low_active_days >= thresholds.low_messages -%}
        {%- do problems.append(
            'messenger_thresholds: low_active_days changes nothing unless it is below low_messages'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
