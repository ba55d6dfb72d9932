{#-
    A query of one row per period: the columns of `by`, period, and how its active units came and went:
      active       units with a row in the period = new_units + retained + resurrected
      new_units    active for the first time
      retained     active in the period before, too
      resurrected  active before, and not in the period before
      churned      active in the period before, and not in this one
      dormant      active before, and neither in this period nor in the one before
      quick_ratio  (new_units + resurrected) / churned; null where nobody churned

    So active = active of the period before + new_units + resurrected - churned, and all units so far = active +
    churned + dormant. A period in which nobody was active has a row, too.

    activity  a relation with any number of rows per unit and period
    periods   a relation with one row per period, in column `period`: whole numbers, one more for each period (such as
              12 * year + month); `activity` has the same column, and what lies outside these periods does not count
    unit      the column that tells units apart
    by        names of columns that are the same in all rows of a unit

    The terms and the quick ratio are those of Hsu, "Diligence at Social Capital" (2015), parts 1 and 2.
-#}

{% macro growth_accounting(activity, periods, unit, by=[]) %}
    {%- set keys = by + ['period'] %}
    {%- set over = 'over (' ~ ('partition by ' ~ by | join(', ') ~ ' ' if by) ~ 'order by period)' %}
    with active_units as (

        select
            {%- for column in by %}
            activity.{{ column }},
            {%- endfor %}
            activity.{{ unit }},
            periods.period
        from {{ activity }} as activity
        inner join {{ periods }} as periods
            on activity.period = periods.period
        group by
            {%- for column in by %}
            activity.{{ column }},
            {%- endfor %}
            activity.{{ unit }},
            periods.period

    ),

    neighbours as (

        select
            active_units.*,
            lag(period) over (partition by {{ unit }} order by period) as previous_period,
            lead(period) over (partition by {{ unit }} order by period) as next_period
        from active_units

    ),

    counts as (

        select
            {{ keys | join(', ') }},
            count(case when previous_period is null then 1 end) as new_units,
            count(case when previous_period = period - 1 then 1 end) as retained,
            count(case when previous_period < period - 1 then 1 end) as resurrected,
            count(case when next_period is null or next_period > period + 1 then 1 end) as left_after
        from neighbours
        group by {{ keys | join(', ') }}

    ),

    every_period as (

        {%- if by %}
        select
            periods.period,
            members.*
        from {{ periods }} as periods
        cross join (select distinct {{ by | join(', ') }} from active_units) as members
        {%- else %}
        select periods.period
        from {{ periods }} as periods
        {%- endif %}

    ),

    filled as (

        select
            {%- for column in keys %}
            every_period.{{ column }},
            {%- endfor %}
            {%- for name in ['new_units', 'retained', 'resurrected', 'left_after'] %}
            coalesce(counts.{{ name }}, 0) as {{ name }}{{ ',' if not loop.last }}
            {%- endfor %}
        from every_period
        left join counts
            on
                every_period.period = counts.period
                {%- for column in by %}
                and every_period.{{ column }} is not distinct from counts.{{ column }}
                {%- endfor %}

    ),

    accounts as (

        select
            filled.*,
            new_units + retained + resurrected as active,
            coalesce(lag(left_after) {{ over }}, 0) as churned,
            sum(new_units) {{ over }} as units_so_far
        from filled

    )

    select
        {{ keys | join(', ') }},
        active,
        new_units,
        retained,
        resurrected,
        churned,
        units_so_far - active - churned as dormant,
        1e0 * (new_units + resurrected) / nullif(churned, 0) as quick_ratio
    from accounts
{% endmacro %}
