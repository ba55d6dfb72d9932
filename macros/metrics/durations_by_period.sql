{#-
    The rows of a mart for how long things take: quantiles for every period and every member of every slice, each
    computed from the durations themselves, since quantiles of days do not add up to those of weeks.

    rows        name of a CTE of the model with one row per thing that takes time
    unit        its column with the key of the thing
    duration    its column with how long it took, or was seen to last; null counts for nothing
    is_done     a condition on the rows: whether it ended as it should
    statistics  {name: {level: 0.9, of: ...}}, where `of` is
                  done      the things that are done; looks better the more slow ones fail
                  all       all things, where one that is not done took infinitely long; null where the rank falls on
                            one of these (percentiles_with_failures)
                  survival  all things, where of one that is not done is known that it lasted so long at least; null
                            where too many lasted longer than anybody saw (Kaplan and Meier)
    day, dates, requires, grains, and what it is sliced by: as in metric_by_period

    The denominator is the number of things that the quantile is of, 0 where there is no quantile.
-#}

{% macro durations_by_period(rows, unit, duration, is_done, day, dates, statistics, requires=[], grains=none) %}
    {%- set kept_slices = published_slices() %}
    {%- set keys = ['period_grain', 'period_start', 'dimension', 'member'] %}
    {%- set levels = {'done': {}, 'all': {}, 'survival': {}} %}
    {%- for name, statistic in statistics.items() %}
        {%- do levels[statistic.of].update({name: statistic.level}) %}
    {%- endfor %}
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
            {{ unit }} as unit,
            max({{ duration }}) as duration,
            max(case when {{ is_done }} then 1 else 0 end) as is_done
        from {{ rows }}
        inner join periods
            on {{ rows }}.{{ day }} = periods.date_day
            {{ only_in_rebuilt_periods() | trim | indent(12) }}
        where {{ duration }} is not null
        group by grouping sets (
            (periods.period_grain, periods.period_start, {{ unit }})
        {%- for slice in kept_slices %},
            (periods.period_grain, periods.period_start, {{ unit }}, {{ slice }})
        {%- endfor %}
        )

    ),

    things_done as (

        select *
        from measured
        where is_done = 1

    ),
    {% if levels.done %}
    of_done as (

        {{ percentiles_with_failures('things_done', 'duration', 'is_done = 0', levels.done, keys) | trim | indent(8) }}

    ),
    {% endif %}
    {%- if levels.all %}
    of_all as (

        {{ percentiles_with_failures('measured', 'duration', 'is_done = 0', levels.all, keys) | trim | indent(8) }}

    ),
    {% endif %}
    {%- if levels.survival %}
    survival_curve as (

        {{ survival('measured', 'duration', 'is_done = 1', keys) | trim | indent(8) }}

    ),

    quantiles as (

        {{ survival_quantiles('survival_curve', levels.survival, keys) | trim | indent(8) }}

    ),

    of_survival as (

        select
            quantiles.*,
            counts.attempts
        from quantiles
        inner join (
            select
                {{ keys | join(',\n                ') }},
                count(*) as attempts
            from measured
            group by {{ keys | join(', ') }}
        ) as counts
            on
                {%- for key in keys %}
                {{ 'and ' if not loop.first }}quantiles.{{ key }} = counts.{{ key }}
                {%- endfor %}

    ),
    {% endif %}

    {{ dense_grid(statistics, is_counted='is_done = 1') | trim }}

    {%- for name, statistic in statistics.items() %}
    select
        grid.period_grain,
        grid.period_start,
        grid.dimension,
        grid.member,
        {{ sql_text(name) }} as statistic,
        cast(null as {{ engine_type('double') }}) as numerator,
        cast(case when quantiles.{{ name }} is not null then quantiles.attempts else 0 end as {{ engine_type('double') }})
            as denominator,
        cast(quantiles.{{ name }} as {{ engine_type('double') }}) as value,
        grid.is_complete
    from grid
    left join of_{{ statistic.of }} as quantiles
        on
            grid.period_grain = quantiles.period_grain
            and grid.period_start = quantiles.period_start
            and grid.dimension = quantiles.dimension
            and grid.member = quantiles.member
    {{ 'union all' if not loop.last }}
    {%- endfor %}

) as statistics
{{ where_all_have_rows(requires) }}
{{ only_rebuilt_periods('and' if requires else 'where', 'statistics') }}
{% endmacro %}
