{#-
    A query of one row per period, columns of `by`, and number of days from 1 to all of the period's: active_days (that
    number), units that were active on exactly so many days, active_units (on any day), and share, the quotient of the
    two. It is the power user curve of Jin and Chen (2018); L7 and L28 are those of 7 and 28 days. The shares of a period
    add up to 1, and are null where nobody was active. Their mean number of days, divided by the days, is the mean of
    daily active units by the period's (DAU / MAU).

    unit_days  a relation as active_days makes it
    periods    the relation that it was made of
    by         names of columns to count by
-#}

{% macro active_days_histogram(unit_days, periods, by=[]) %}
    {%- set keys = ['period'] + by %}
    with counts as (

        select
            {{ keys | join(', ') }},
            active_days,
            count(*) as units
        from {{ unit_days }}
        group by {{ keys | join(', ') }}, active_days

    ),

    covered_days as (

        select
            min(first_day) as first_day,
            max(last_day) as last_day
        from {{ periods }}

    ),

    every_number as (

        select
            periods.period,
            {%- for column in by %}
            members.{{ column }},
            {%- endfor %}
            {{ days_between('periods.first_day', 'days.date_day') }} + 1 as active_days
        from {{ periods }} as periods
        inner join ({{ days_from_to('first_day', 'last_day', 'covered_days') | trim }}) as days
            on days.date_day between periods.first_day and periods.last_day
        {%- if by %}
        cross join (select distinct {{ by | join(', ') }} from counts) as members
        {%- endif %}

    ),

    filled as (

        select
            every_number.*,
            coalesce(counts.units, 0) as units,
            sum(coalesce(counts.units, 0)) over (
                partition by every_number.{{ keys | join(', every_number.') }}
            ) as active_units
        from every_number
        left join counts
            on
                every_number.period = counts.period
                and every_number.active_days = counts.active_days
                {%- for column in by %}
                and every_number.{{ column }} is not distinct from counts.{{ column }}
                {%- endfor %}

    )

    select
        {{ keys | join(', ') }},
        active_days,
        units,
        active_units,
        1e0 * units / nullif(active_units, 0) as share
    from filled
{% endmacro %}
