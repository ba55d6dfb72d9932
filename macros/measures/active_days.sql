{#-
    A query of one row per unit and period in which it was active: period, the columns of `by`, the unit, and
    active_days, the number of the period's days with a row. A tier of activity is a rule on it, such as 20 of 28 days.
    Periods may overlap: of those that end one day later each, it is the trailing number of active days.

    activity  a relation with any number of rows per unit and day
    periods   a relation with one row per period: period, which names it, and first_day and last_day, both included
    unit      the column that tells units apart
    day       the column with the date
    by        names of columns that are the same in all rows of a unit

    A row of `activity` is read once for each period that has its day.
-#}

{% macro active_days(activity, periods, unit, day, by=[]) %}
    {%- set keys = 'periods.period, activity.' ~ (by + [unit]) | join(', activity.') %}
    select
        {{ keys }},
        count(distinct activity.{{ day }}) as active_days
    from {{ activity }} as activity
    inner join {{ periods }} as periods
        on activity.{{ day }} between periods.first_day and periods.last_day
    group by {{ keys }}
{% endmacro %}
