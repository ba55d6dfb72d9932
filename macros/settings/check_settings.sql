{#- Runs before anything is built: every wrong setting in one error, each named. -#}

{% macro check_settings() %}
    {%- if execute -%}
        {%- do refuse(setting_problems()) -%}
        {%- set problems = check_target_overrides() + check_slices() + check_absent_events() + check_calendar_events() -%}
        {%- set time_problems = check_time_settings() -%}
        {%- do problems.extend(time_problems) -%}
        {%- if var('raw_path') is not none and var('raw_schema') is not none -%}
            {%- do problems.append('raw_path and raw_schema are both set; events can lie in one place only') -%}
        {%- endif -%}
        {%- if var('event_mapping') and reads_seeds() -%}
            {%- do problems.append('event_mapping is for events in raw_path or raw_schema, and neither is set') -%}
        {%- endif -%}
        {%- if var('raw_schema') in signal_models() | map(attribute='fqn.1') -%}
            {%- do problems.append("raw_schema: the build puts views of clean events into schema '"
                ~ var('raw_schema') ~ "'; keep raw events in another") -%}
        {%- endif -%}
        {#- A scenario has a macro that checks what a type cannot say of settings of its own. -#}
        {%- for scenario in scenarios() if 'check_' ~ scenario ~ '_settings' in context -%}
            {%- do problems.extend(context['check_' ~ scenario ~ '_settings']()) -%}
        {%- endfor -%}
        {%- set engine_problems = check_engine() -%}
        {%- do problems.extend(engine_problems) -%}
        {%- if not engine_problems and not time_problems and not reads_seeds() -%}
            {%- do problems.extend(check_raw_events()) -%}
        {%- endif -%}
        {%- if not problems and not reads_seeds() and flags.WHICH in ['build', 'run'] -%}
            {%- do look_at_raw_days() -%}
            {%- do note_days_ahead() -%}
            {%- do problems.extend(check_raw_days()) -%}
        {%- endif -%}
        {%- do refuse(problems) -%}
    {%- endif -%}
{% endmacro %}


{#- Stops with a list of problems, if it has any. -#}
{% macro refuse(problems) %}
    {%- if problems -%}
        {{- exceptions.raise_compiler_error(
            'Nothing was built, because of ' ~ problems | length ~ ' problem(s):\n  - ' ~ problems | join('\n  - ')
        ) -}}
    {%- endif -%}
{% endmacro %}


{#- All vars that are not as they are declared, and those of this run that are misspelt, as a list of sentences. -#}
{% macro setting_problems() %}
    {%- set declared = declared_settings() -%}
    {%- set given = invocation_args_dict.vars -%}
    {%- set problems = misspelt_vars(given, declared | map(attribute='name') | list) -%}
    {%- for name in fixed_vars() if name in given -%}
        {%- do problems.append(name ~ ': is not a setting; it is part of the project') -%}
    {%- endfor -%}
    {%- for setting in declared -%}
        {%- do problems.extend(
            value_problems(setting, builtins.var(setting.name, setting.get('default')), setting.name)
        ) -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_slices() %}
    {%- set known = ['all'] + metric_marts() | map(attribute='config.meta.gsmt.slices') | sum(start=[]) | unique | sort -%}
    {%- set problems = [] -%}
    {%- for slice in var('slices') if slice not in known -%}
        {%- do problems.append('slices: ' ~ value_as_text(slice) ~ ' is not one of ' ~ known | join(', ')) -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_absent_events() %}
    {%- set known = [] -%}
    {%- for node in signal_models(with_derived=false) -%}
        {%- do known.append(node.config.meta.gsmt.scenario ~ '.' ~ node.config.meta.gsmt.signal) -%}
    {%- endfor -%}
    {%- set problems = [] -%}
    {%- for event in var('absent_events')
        if event not in known and not is_switched_off(event.split('.')[0]) -%}
        {%- do problems.append('absent_events: ' ~ value_as_text(event) ~ ' is not a known <scenario>.<event>') -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}
