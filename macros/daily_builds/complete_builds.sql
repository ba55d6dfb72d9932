{#-
    What is known of the last complete build of each scenario, in the model complete_builds: the settings that
    its rows depend on, and the newest day of its events. A daily build trusts the days before and reads only
    the rest. The record of a scenario is written when all of its incremental models were built, so a run that
    was stopped halfway is simply done again; and it is dropped before a run with other settings or a full
    refresh, which builds everything anew.
-#}

{% macro last_complete_day(scenario) %}
    {%- set record = complete_build(scenario) -%}
    {%- set is_like_this_one = record and not flags.FULL_REFRESH and record.settings == settings_of_build(scenario) -%}
    {{- return(record.last_day if is_like_this_one else none) -}}
{% endmacro %}


{% macro complete_build(scenario) %}
    {%- if complete_builds_exist() -%}
        {%- set found = run_query(
            'select settings, last_day from ' ~ complete_builds() ~ " where scenario = '" ~ scenario ~ "'"
        ) -%}
        {%- if found.rows | length == 1 -%}
            {{- return({'settings': found.rows[0][0], 'last_day': found.rows[0][1] | string}) -}}
        {%- endif -%}
    {%- endif -%}
    {{- return(none) -}}
{% endmacro %}


{#- Before a run: forgets the builds that this run cannot add a day to. -#}
{% macro start_daily_builds() %}
    {%- if execute and flags.WHICH in ['build', 'run'] and complete_builds_exist() -%}
        {%- for scenario in selected_scenarios() -%}
            {%- if complete_build(scenario) and last_complete_day(scenario) is none -%}
                {%- do run_query('delete from ' ~ complete_builds() ~ " where scenario = '" ~ scenario ~ "'") -%}
                {%- do adapter.commit() -%}
                {%- do log(scenario ~ ' is built whole: '
                    ~ ('full refresh' if flags.FULL_REFRESH else 'its settings have changed'), info=true) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- After a run: notes each scenario of which every incremental model was built. -#}
{% macro finish_daily_builds(results) %}
    {%- if execute and flags.WHICH in ['build', 'run'] -%}
        {%- set built = results | selectattr('status', 'eq', 'success') | map(attribute='node.unique_id') | list -%}
        {%- for scenario in selected_scenarios() -%}
            {%- set models = incremental_models(scenario) -%}
            {%- if models and models | map(attribute='unique_id') | reject('in', built) | list | length == 0 -%}
                {%- do note_built_days(scenario) -%}
                {%- do note_complete_build(scenario, models) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{% macro note_complete_build(scenario, models) %}
    {%- set newest = [] -%}
    {%- for model in models if model.fqn[2] == 'staging' and model.config.meta.get('gsmt', {}).get('signal') -%}
        {%- do newest.append(
            'select cast(max(' ~ model.config.event_time ~ ') as date) as last_day from ' ~ model.relation_name
        ) -%}
    {%- endfor -%}
    {#- A few events ahead of their time must not let the days before them pass for built. -#}
    {%- set attested = days_of_events(scenario).last_day -%}
    {%- set last_day = run_query(
        'select least(max(last_day), cast(' ~ (sql_text(attested) if attested else 'null') ~ ' as date)) from ('
        ~ newest | join(' union all ') ~ ') as events'
    ).rows[0][0] -%}
    {#- Not there yet where a scenario is built without the catalog. -#}
    {%- do run_query(
        'create table if not exists ' ~ complete_builds() ~ ' (scenario varchar, settings varchar, last_day date)'
    ) -%}
    {%- if last_day is not none -%}
        {%- do run_query('delete from ' ~ complete_builds() ~ " where scenario = '" ~ scenario ~ "'") -%}
        {%- do run_query(
            'insert into ' ~ complete_builds() ~ " values ('" ~ scenario ~ "', '"
            ~ settings_of_build(scenario) | replace("'", "''") ~ "', date '" ~ last_day ~ "')"
        ) -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
{% endmacro %}


{#- The scenarios with a model in this run. -#}
{% macro selected_scenarios() %}
    {%- set scenarios = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.unique_id in selected_resources -%}
        {%- do scenarios.append(node.fqn[1]) -%}
    {%- endfor -%}
    {{- return(scenarios | unique | list) -}}
{% endmacro %}


{% macro incremental_models(scenario) %}
    {%- set models = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.fqn[1] == scenario
        and node.config.materialized == 'incremental' and node.config.event_time -%}
        {%- do models.append(node) -%}
    {%- endfor -%}
    {{- return(models) -}}
{% endmacro %}


{#-
    What the rows of events, facts and marts depend on besides the events and the SQL. A scenario with vars of its own
    lists them in a macro <scenario>_settings.
-#}
{% macro settings_of_build(scenario) %}
    {%- set settings = {} -%}
    {%- set settings_of_scenario = context.get(scenario ~ '_settings') -%}
    {%- for name in [
        'raw_path', 'raw_schema', 'event_mapping', 'absent_events', 'clock_skew_seconds', 'earliest_event',
        'latest_event', 'follow_up_days', 'new_user_days', 'period_grains', 'slices', 'calendar_events',
    ] + (settings_of_scenario() if settings_of_scenario else []) -%}
        {%- do settings.update({name: var(name, none)}) -%}
    {%- endfor -%}
    {%- for name in ['earliest_event', 'latest_event'] -%}
        {%- do settings.update({name: var(name) | string}) -%}
    {%- endfor -%}
    {{- return(tojson(settings)) -}}
{% endmacro %}


{% macro complete_builds() %}
    {{- return(api.Relation.create(database=target.database, schema=target.schema, identifier='complete_builds')) -}}
{% endmacro %}


{% macro complete_builds_exist() %}
    {{- return(adapter.get_relation(target.database, target.schema, 'complete_builds') is not none) -}}
{% endmacro %}
