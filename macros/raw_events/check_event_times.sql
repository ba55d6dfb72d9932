{#- What is wrong with the days between which events can have happened, as a list of sentences. -#}
{% macro check_time_settings() %}
    {{- return(
        ['earliest_event: ' ~ var('earliest_event') ~ ' is not before latest_event, ' ~ var('latest_event')]
        if var('earliest_event') | string >= var('latest_event') | string else []
    ) -}}
{% endmacro %}


{#-
    What is wrong with the times of a relation of raw events, as a list of sentences: most of them lie before
    earliest_event or after latest_event, as they do where a time has another form or unit than it is read in.
    A few such rows go to the quarantine. The days between which the others lie are added to `histories`.
-#}
{% macro check_event_times(scenario, relation, types, place, histories) %}
    {%- set query -%}
        with
        read as (
            select
                {{ parse_value('event_at', 'timestamp', types['event_at']) | trim }} as event_at,
                {{ parse_value('received_at', 'timestamp', types['received_at']) | trim }} as received_at
            from {{ relation }}
        ),
        judged as (
            select
                cast(event_at as date) as first_day,
                cast(received_at as date) as last_day,
                event_at >= cast('{{ var('earliest_event') }}' as timestamp)
                and received_at < cast('{{ var('latest_event') }}' as timestamp) as is_possible
            from read
            where not {{ is_later('event_at', 'received_at') | indent(16) }}
        )
        select
            count(*) as events,
            count(case when not is_possible then 1 end) as impossible,
            cast(min(case when not is_possible then first_day end) as {{ engine_type('string') }}) as impossible_from,
            cast(max(case when not is_possible then last_day end) as {{ engine_type('string') }}) as impossible_to,
            cast(min(case when is_possible then first_day end) as {{ engine_type('string') }}) as first_day,
            cast(max(case when is_possible then last_day end) as {{ engine_type('string') }}) as last_day
        from judged
    {%- endset -%}
    {%- set events, impossible, impossible_from, impossible_to, first_day, last_day = run_query(query).rows[0] -%}
    {%- if first_day is not none -%}
        {%- do histories.append({
            'scenario': scenario, 'place': place, 'first_day': first_day | string, 'last_day': last_day | string,
        }) -%}
    {%- endif -%}
    {%- set problems = [] -%}
    {%- if 2 * impossible > events -%}
        {%- do problems.append(
            place ~ ': ' ~ impossible ~ ' of ' ~ events ~ ' events lie before ' ~ var('earliest_event')
            ~ ' or after ' ~ var('latest_event') ~ ': from ' ~ impossible_from ~ ' to ' ~ impossible_to
            ~ ' (if these times are right, set the vars earliest_event and latest_event)'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- Scenarios whose events lie decades apart, as a list of sentences; `histories` is from check_event_times. -#}
{% macro check_histories(histories) %}
    {%- set problems = [] -%}
    {%- for scenario in histories | map(attribute='scenario') | unique -%}
        {%- set found = histories | selectattr('scenario', 'eq', scenario) | list -%}
        {%- set first = found | sort(attribute='first_day') | first -%}
        {%- set last = found | sort(attribute='last_day') | last -%}
        {%- set days = (
            modules.datetime.date.fromisoformat(last.last_day) - modules.datetime.date.fromisoformat(first.first_day)
        ).days -%}
        {%- if days > 365.25 * var('longest_history_years') -%}
            {%- do problems.append(
                scenario ~ ': events lie ' ~ (days / 365.25) | round(1) ~ ' years apart, from ' ~ first.first_day
                ~ ' in ' ~ first.place ~ ' to ' ~ last.last_day ~ ' in ' ~ last.place
                ~ ' (set the var earliest_event to the launch of your product, and earlier ones go to the quarantine;'
                ~ ' if they are right, set the var longest_history_years)'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}
