{#- Runs before anything is built: every wrong setting in one error, each named. -#}

{% macro check_settings() %}
    {%- if execute -%}
        {%- set problems = check_target_overrides() + check_launches() + check_sampling_rates() -%}
        {%- for grain in var('period_grains') if grain not in ['day', 'week', 'month'] -%}
            {%- do problems.append("period_grains: '" ~ grain ~ "' is not one of day, week, month") -%}
        {%- endfor -%}
        {%- do problems.extend(check_daily_builds()) -%}
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
        {%- do problems.extend(check_absent_events()) -%}
        {%- do problems.extend(check_calendar_events()) -%}
        {#- A scenario with settings of its own has a macro that checks them. -#}
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
        {%- if problems -%}
            {{- exceptions.raise_compiler_error(
                'Nothing was built, because of ' ~ problems | length ~ ' problem(s):\n  - '
                ~ problems | join('\n  - ')
            ) -}}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}


{% macro check_absent_events() %}
    {%- set known = [] -%}
    {%- for node in signal_models(with_derived=false) -%}
        {%- do known.append(node.config.meta.gsmt.scenario ~ '.' ~ node.config.meta.gsmt.signal) -%}
    {%- endfor -%}
    {%- set problems = [] -%}
    {%- for event in var('absent_events')
        if event not in known and not is_switched_off(event.split('.')[0]) -%}
        {%- do problems.append("absent_events: '" ~ event ~ "' is not a known <scenario>.<event>") -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}
