{#-
    A query of one row per group: percentiles of how long attempts took, where one that failed took infinitely long. A
    percentile of the successes alone looks better the more fail. Columns: those of `by`, attempts, failures and, by the
    names in `levels`, the smallest time that so large a share of all attempts did not exceed; null where it lies among
    the failures.

    rows       a relation with one row per attempt
    value      the column with the time; an attempt without one has failed
    has_failed a condition
    levels     {name: level}; {p95: 0.95}
    by         names of the columns that it is grouped by
-#}

{% macro percentiles_with_failures(rows, value, has_failed, levels, by=[]) %}
    {%- set keys = (by | join(', ') ~ ', ') if by else '' %}
    {%- set partition = 'partition by ' ~ by | join(', ') ~ ' ' if by else '' %}
    with attempts as (

        select
            {{ keys }}case when {{ has_failed }} then null else {{ value }} end as taken
        from {{ rows }}

    ),

    positions as (

        select
            {{ keys }}taken,
            count(*) over ({{ partition | trim }}) as observations,
            row_number() over ({{ partition }}order by case when taken is null then 1 else 0 end, taken) as position
        from attempts

    )

    select
        {{ keys }}count(*) as attempts,
        count(*) - count(taken) as failures
        {%- for name, level in levels.items() %},
        max(case when position = {{ quantile_position(level ~ 'e0') }} then taken end) as {{ name }}
        {%- endfor %}
    from positions
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
{% endmacro %}
