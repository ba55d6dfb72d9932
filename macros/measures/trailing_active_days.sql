{#-
    A query of one row per unit and day on which it was active at least once in the last `days`, that day included:
    the columns of `unit`, seen_from (the day), and active_days, from 1 to `days`. The first days of the calendar, which
    have fewer before them, have no rows.

    rows   a relation with one row per unit and active day
    unit   names of the columns that tell units apart
    day    the column with the date
    dates  the scenario's date dimension

    An active day is laid on each day whose window it is in, which takes a third of the time of a join of windows.
-#}

{% macro trailing_active_days(rows, unit, day, dates, days) %}
    select
        windows.{{ unit | join(',\n        windows.') }},
        windows.seen_from,
        count(*) as active_days
    from (
        select
            active_days.{{ unit | join(',\n            active_days.') }},
            cast({{ dbt.dateadd('day', 'ages.age', 'active_days.' ~ day) }} as date) as seen_from
        from {{ rows }} as active_days
        cross join (
            {{ ages(days) | trim | indent(12) }}
        ) as ages
    ) as windows
    inner join (
        select min(date_day) as first_day
        from {{ dates }}
    ) as horizon
        on windows.seen_from >= {{ dbt.dateadd('day', days - 1, 'horizon.first_day') }}
    group by
        windows.{{ unit | join(',\n        windows.') }},
        windows.seen_from
{% endmacro %}
