{#-
    What is wrong with a value, as a list of sentences, each of which names the place, the value and the rule that it
    breaks; `rule` is one of `settings` or of their parts.
-#}

{% macro value_problems(rule, value, place) %}
    {%- if value is none and rule.optional -%}
        {{- return([]) -}}
    {%- elif value is string and rule.get('may_be_single') -%}
        {{- return(value_problems(rule.each, value, place)) -}}
    {%- elif not fits_rule(rule, value) -%}
        {{- return([place ~ ': ' ~ value_as_text(value) ~ ' is not ' ~ rule_in_words(rule)]) -}}
    {%- endif -%}
    {%- set problems = [] -%}
    {%- if rule.type == 'list' and 'each' in rule -%}
        {%- for entry in value -%}
            {%- do problems.extend(value_problems(rule.each, entry, place)) -%}
        {%- endfor -%}
    {%- elif rule.type == 'mapping' -%}
        {%- set rules = {} -%}
        {%- for entry in rule.get('entries', []) -%}
            {%- do rules.update({entry.name: entry}) -%}
        {%- endfor -%}
        {%- set allowed = rules.keys() | list if 'entries' in rule else rule.get('allowed') -%}
        {%- for key in rule.get('required', []) if key not in value -%}
            {%- do problems.append(place ~ ': ' ~ key ~ ' is missing') -%}
        {%- endfor -%}
        {%- for key, entry in value.items() -%}
            {%- if allowed is not none and key not in allowed -%}
                {%- do problems.append(place ~ ': ' ~ value_as_text(key) ~ ' is not one of ' ~ allowed | join(', ')) -%}
            {%- else -%}
                {%- do problems.extend(
                    value_problems(rules.get(key) or rule.get('each', {}), entry, place ~ '.' ~ key)
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- Whether a value has the form of a rule; entries of a list or a mapping have rules of their own. -#}
{% macro fits_rule(rule, value) %}
    {%- if rule.type == 'integer' -%}
        {{- return(value is integer and is_within(rule, value)) -}}
    {%- elif rule.type == 'number' -%}
        {{- return((value is integer or value is float) and is_within(rule, value)) -}}
    {%- elif rule.type == 'day' -%}
        {{- return(is_day(value)) -}}
    {%- elif rule.type == 'text' -%}
        {{- return(
            value is string and value | trim != '' and not modules.re.search('[\\x00-\\x1f\\x7f]', value)
            and value | select('in', rule.get('without', '')) | list | length == 0
        ) -}}
    {%- elif rule.type == 'name' -%}
        {{- return(value is string and modules.re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', value) is not none) -}}
    {%- elif rule.type == 'choice' -%}
        {{- return(value is string and value in rule.allowed) -}}
    {%- elif rule.type == 'list' -%}
        {{- return(
            value is sequence and value is not string and value is not mapping
            and value | length == rule.get('length', value | length)
        ) -}}
    {%- elif rule.type == 'mapping' -%}
        {{- return(value is mapping) -}}
    {%- endif -%}
    {{- return(true) -}}
{% endmacro %}


{#- Whether a number lies in the bounds of a rule; what is infinite or not a number lies in none. -#}
{% macro is_within(rule, value) %}
    {{- return(
        value - value == 0
        and value >= rule.get('minimum', value)
        and value <= rule.get('maximum', value)
        and ('above' not in rule or value > rule.above)
    ) -}}
{% endmacro %}


{#- Whether a text, or a date as YAML reads one, is a day of the calendar, written YYYY-MM-DD. -#}
{% macro is_day(value) %}
    {%- if not modules.re.fullmatch('[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])', value | string) -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- set year, month, day = (value | string).split('-') | map('int') -%}
    {%- set last_day = modules.datetime.date(year + month // 12, month % 12 + 1, 1) - modules.datetime.timedelta(days=1) -%}
    {{- return(day <= last_day.day) -}}
{% endmacro %}


{#- A value as a message shows it, at most 80 characters of it. -#}
{% macro value_as_text(value) %}
    {%- if value is none -%}
        {{- return('null') -}}
    {%- endif -%}
    {%- set text = tojson(value) if value is string or value is boolean else value | string -%}
    {{- return(text | truncate(80, killwords=true)) -}}
{% endmacro %}
