{#-
    Events of a clock that is ahead. Each says of its day that it has come, so all days before it would count as over,
    and a daily build would pass over those that are really new.

    Which events these are must not depend on when they are read. Where the var built_on says of which day the build
    is, they are those of later days. Without it they are few and far ahead of all others: from some day on there are
    less than a tenth of the rows that a day has had, by the median of the 28 days before, and that day comes more
    than ahead_days after the one before it. Both are told from raw_days, which a daily build and a whole one see
    alike. Such events are staged when the other events have come near enough: their days are always built again.
-#}

{#- The first day on which no event can have happened, as {day, reason}; none where any day is possible. -#}
{% macro first_impossible_day(scenario) %}
    {%- if var('built_on') is not none -%}
        {{- return({
            'day': days_after(var('built_on') | string, 1),
            'reason': 'is after ' ~ var('built_on') ~ ', the day of the build',
        }) -}}
    {%- endif -%}
    {%- set day = days_of_events(scenario).ahead_from -%}
    {{- return(none if day is none else {
        'day': day, 'reason': 'is more than ' ~ var('ahead_days') ~ ' days after all other events',
    }) -}}
{% endmacro %}


{#-
    What the raw events of a scenario say of its days: last_day, the newest one that is attested by more than a few
    rows, and ahead_from, from which on there are a few rows far ahead. None of both where they are not known by days.
-#}
{% macro days_of_events(scenario) %}
    {%- if not execute or reads_seeds() or not incremental_models(scenario) or not raw_days_exist() -%}
        {{- return({'last_day': none, 'ahead_from': none}) -}}
    {%- endif -%}
    {%- set query -%}
        with

        days as (
            select
                kept_on,
                sum(raw_rows) as raw_rows
            from {{ raw_days() }}
            where
                scenario = {{ sql_text(scenario) }}
                and raw_rows > 0
                and kept_on >= cast('{{ var('earliest_event') }}' as date)
                and kept_on < cast('{{ var('latest_event') }}' as date)
            group by kept_on
        ),

        beside_others as (
            select
                kept_on,
                kept_on - lag(kept_on) over (order by kept_on) as days_since_the_one_before,
                sum(raw_rows) over (order by kept_on desc) as rows_from_here_on,
                median(raw_rows) over (order by kept_on rows between 28 preceding and 1 preceding) as usual_rows
            from days
        ),

        judged as (
            select
                *,
                coalesce(rows_from_here_on < usual_rows / 10, false) as has_few
            from beside_others
        )

        select
            cast(max(kept_on) filter (where not has_few) as varchar),
            cast(min(kept_on) filter (
                where has_few and days_since_the_one_before > {{ var('ahead_days') }}
            ) as varchar)
        from judged
    {%- endset -%}
    {%- set last_day, ahead_from = run_query(query).rows[0] -%}
    {{- return({'last_day': last_day, 'ahead_from': ahead_from}) -}}
{% endmacro %}


{#- Before a run: says from when on events go to the quarantine because others are far behind them. -#}
{% macro note_days_ahead() %}
    {%- for scenario in selected_scenarios() -%}
        {%- set impossible = first_impossible_day(scenario) -%}
        {%- if impossible and var('built_on') is none -%}
            {%- do log(
                scenario ~ ': events from ' ~ impossible.day ~ ' on go to the quarantine, being few and more than '
                ~ var('ahead_days') ~ ' days after all others; if that day has come, say so with the var built_on',
                info=true
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
