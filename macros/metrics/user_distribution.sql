{#-
    The rows of a mart for how an amount is spread over users: its mean and its percentiles, for every
    period and every member of every slice. Each user counts once in a period, with what the user's own
    rows of the period come to.

    rows         name of a CTE of the model with at least one row for each active user and day
    user         its column with the user
    amount       SQL aggregate over one user's rows of a period: 'count(*)'
    day, dates, requires, grains, and what it is sliced by: as in metric_by_period
    percentiles  {statistic: level}

    A percentile is the smallest amount that at least so many of the users do not exceed: an amount that
    somebody has, never one between two. Its denominator is the number of users it is of. The percentiles
    of days do not add up to those of weeks.
-#}

{% macro user_distribution(rows, user, amount, day, dates, percentiles, requires=[], grains=none) %}
    {%- set kept_slices = published_slices() %}
    {%- set keys = ['period_grain', 'period_start', 'dimension', 'member'] %}
select
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from (

    with

    periods as (

        {{ calendar_periods(dates, grains) | trim | indent(8) }}

    ),

    measured as (

        select
            periods.period_grain,
            periods.period_start,
            {{ slice_dimension(kept_slices) | indent(8) }} as dimension,
            {{ slice_member(kept_slices) | indent(8) }} as member,
            {{ user }} as active_user,
            {{ amount }} as amount
        from {{ rows }}
        inner join periods
            on {{ rows }}.{{ day }} = periods.date_day
            {{ only_in_rebuilt_periods() | trim | indent(12) }}
        group by grouping sets (
            (periods.period_grain, periods.period_start, {{ user }})
        {%- for slice in kept_slices %},
            (periods.period_grain, periods.period_start, {{ user }}, {{ slice }})
        {%- endfor %}
        )

    ),

    distributions as (

        select
            {{ keys | join(',\n            ') }},
            sum(amount) as amount,
            count(*) as users
            {%- for name, level in percentiles.items() %},
            {{ percentile('amount', level) }} as {{ name }}
            {%- endfor %}
        from measured
        group by {{ keys | join(', ') }}

    ),

    {{ dense_grid(['value'] + percentiles.keys() | list) | trim }}

    {%- for name in ['value'] + percentiles.keys() | list %}
    select
        grid.period_grain,
        grid.period_start,
        grid.dimension,
        grid.member,
        {{ sql_text(name) }} as statistic,
        {%- if name == 'value' %}
        coalesce(cast(distributions.amount as {{ engine_type('double') }}), 0) as numerator,
        coalesce(cast(distributions.users as {{ engine_type('double') }}), 0) as denominator,
        cast(distributions.amount as {{ engine_type('double') }}) / nullif(distributions.users, 0) as value,
        {%- else %}
        cast(null as {{ engine_type('double') }}) as numerator,
        coalesce(cast(distributions.users as {{ engine_type('double') }}), 0) as denominator,
        cast(distributions.{{ name }} as {{ engine_type('double') }}) as value,
        {%- endif %}
        grid.is_complete
    from grid
    left join distributions
        on
            grid.period_grain = distributions.period_grain
            and grid.period_start = distributions.period_start
            and grid.dimension = distributions.dimension
            and grid.member = distributions.member
    {{ 'union all' if not loop.last }}
    {%- endfor %}

) as statistics
{{ where_all_have_rows(requires) }}
{{ only_rebuilt_periods('and' if requires else 'where', 'statistics') }}
{% endmacro %}
