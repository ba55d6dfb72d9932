{#- All that is wrong with var target_overrides, as a list of sentences. -#}

{% macro check_target_overrides() %}
    {%- set problems = [] -%}
    {%- set known = {} -%}
    {%- for target in declared_targets() -%}
        {%- do known.update({target.id: target}) -%}
    {%- endfor -%}
    {%- set overrides = var('target_overrides') -%}
    {%- if overrides is not mapping -%}
        {{- return(["target_overrides: is not a mapping of target ids to settings"]) -}}
    {%- endif -%}
    {%- for target_id, settings in overrides.items() -%}
        {%- set place = 'target_overrides: ' ~ target_id -%}
        {%- if target_id not in known -%}
            {%- do problems.append(place ~ ' is not a known target; known are ' ~ known.keys() | sort | join(', ')) -%}
        {%- elif settings is not mapping -%}
            {%- do problems.append(place ~ ' is not a mapping of settings, such as {threshold: 0.2}') -%}
        {%- else -%}
            {%- for name, setting in settings.items() -%}
                {%- set expected = expected_setting(name, known[target_id].operator) -%}
                {%- if expected is none -%}
                    {%- do problems.append(
                        place ~ ': ' ~ name ~ ' cannot be set; threshold, severity, periods, launched_on and owner can'
                    ) -%}
                {%- elif not fits_setting(name, setting, known[target_id].operator) -%}
                    {%- do problems.append(place ~ ': ' ~ name ~ ' is ' ~ tojson(setting) ~ ', expected ' ~ expected) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- The same of var launches. -#}
{% macro check_launches() %}
    {%- set launches = var('launches') -%}
    {%- if launches is not mapping -%}
        {{- return(['launches: is not a mapping of scenarios to days']) -}}
    {%- endif -%}
    {%- set problems = [] -%}
    {%- for scenario, day in launches.items() -%}
        {%- if scenario not in all_scenarios() -%}
            {%- do problems.append(
                'launches: ' ~ scenario ~ ' is not a scenario; there are ' ~ all_scenarios() | join(', ')
            ) -%}
        {%- elif not fits_setting('launched_on', day) -%}
            {%- do problems.append(
                'launches: ' ~ scenario ~ ' is ' ~ tojson(day | string) ~ ', expected ' ~ expected_setting('launched_on')
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- The same of var sampling_rates. -#}
{% macro check_sampling_rates() %}
    {%- set rates = var('sampling_rates') -%}
    {%- if rates is not mapping -%}
        {{- return(['sampling_rates: is not a mapping of scenarios to shares']) -}}
    {%- endif -%}
    {%- set scenarios = metric_marts() | map(attribute='config.meta.gsmt.scenario') | unique | list -%}
    {%- set problems = [] -%}
    {%- for scenario, rate in rates.items() -%}
        {%- if scenario not in scenarios -%}
            {%- do problems.append(
                'sampling_rates: ' ~ scenario ~ ' is not a scenario; there are ' ~ scenarios | sort | join(', ')
            ) -%}
        {%- elif rate is not number or rate is boolean or not 0 < rate <= 1 -%}
            {%- do problems.append(
                'sampling_rates: ' ~ scenario ~ ' is ' ~ tojson(rate) ~ ', expected a share above 0 and up to 1'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro declared_targets() %}
    {%- set targets = [] -%}
    {%- for mart in metric_marts() -%}
        {%- do targets.extend(mart.config.meta.gsmt.targets) -%}
    {%- endfor -%}
    {{- return(targets) -}}
{% endmacro %}


{% macro expected_setting(name, operator) %}
    {{- return({
        'threshold': 'a list of two numbers' if operator == 'between' else 'a number',
        'severity': 'error or warn',
        'periods': 'a whole number of at least 1',
        'launched_on': 'a date such as 2026-03-02',
        'owner': 'text',
    }.get(name)) -}}
{% endmacro %}


{% macro fits_setting(name, setting, operator) %}
    {%- if name == 'threshold' and operator == 'between' -%}
        {{- return(
            setting is sequence and setting is not string and setting | length == 2
            and setting | select('number') | list | length == 2
        ) -}}
    {%- elif name == 'threshold' -%}
        {{- return(setting is number and setting is not boolean) -}}
    {%- elif name == 'severity' -%}
        {{- return(setting in ['error', 'warn']) -}}
    {%- elif name == 'periods' -%}
        {{- return(setting is integer and setting is not boolean and setting >= 1) -}}
    {%- elif name == 'launched_on' -%}
        {{- return(modules.re.fullmatch('[0-9]{4}-[01][0-9]-[0-3][0-9]', setting | string) is not none) -}}
    {%- else -%}
        {{- return(setting is string) -}}
    {%- endif -%}
{% endmacro %}
