{#-
    The rows of a mart for how long things take: quantiles for every period and every member of every slice, each
    computed from the durations themselves, since quantiles of days do not add up to those of weeks.

    rows        name of a CTE of the model with one row per thing that takes time
    duration    its column with how long it took, or was seen to last; null counts for nothing
    is_done     a condition on the rows: whether it ended as it should
    statistics  {name: {level: 0.9, of: ...}}, where `of` is
                  done      the things that are done; looks better the more slow ones fail
                  all       all things, where one that is not done took infinitely long; null where the rank falls on
                            one of these (percentile_with_failures)
                  survival  all things, where of one that is not done is known that it lasted so long at least; null
                            where too many lasted longer than anybody saw (Kaplan and Meier)
    day, dates, requires, grains, and what it is sliced by: as in metric_by_period

    The denominator is the number of things that the quantile is of, 0 where there is no quantile.
-#}

{% macro durations_by_period(rows, duration, is_done, day, dates, statistics, requires=[], grains=none) %}
    {%- set kept_slices = published_slices() %}
    {%- set keys = ['period_grain', 'period_start', 'dimension', 'member'] %}
    {%- set of_survival = {} %}
    {%- for name, statistic in statistics.items() if statistic.of == 'survival' %}
        {%- do of_survival.update({name: statistic.level}) %}
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

    things_of_periods as (

        select
            periods.period_grain,
            periods.period_start,
            {%- for slice in kept_slices %}
            {{ rows }}.{{ slice }},
            {%- endfor %}
            {{ duration }} as duration,
            {{ is_done }} as is_done
        from {{ rows }}
        inner join periods
            on {{ rows }}.{{ day }} = periods.date_day
            {{ only_in_rebuilt_periods() | trim | indent(12) }}
        where {{ duration }} is not null

    ),

    measured as (

        select
            period_grain,
            period_start,
            {{ slice_dimension(kept_slices) | indent(8) }} as dimension,
            {{ slice_member(kept_slices) | indent(8) }} as member,
            count(*) as things,
            count(case when is_done then 1 end) as things_done
            {%- for name, statistic in statistics.items() if statistic.of == 'done' %},
            {{ percentile('case when is_done then duration end', statistic.level) }} as {{ name }}
            {%- endfor %}
            {%- for name, statistic in statistics.items() if statistic.of == 'all' %},
            {{ percentile_with_failures('duration', 'not is_done', statistic.level) }} as {{ name }}
            {%- endfor %}
        from things_of_periods
        group by grouping sets (
            (period_grain, period_start)
        {%- for slice in kept_slices %},
            (period_grain, period_start, {{ slice }})
        {%- endfor %}
        )

    ),
    {% if of_survival %}
    durations as (

        select
            period_grain,
            period_start,
            {{ slice_dimension(kept_slices) | indent(8) }} as dimension,
            {{ slice_member(kept_slices) | indent(8) }} as member,
            duration,
            is_done,
            count(*) as things
        from things_of_periods
        group by grouping sets (
            (period_grain, period_start, duration, is_done)
        {%- for slice in kept_slices %},
            (period_grain, period_start, duration, is_done, {{ slice }})
        {%- endfor %}
        )

    ),

    survival_curve as (

        {{ survival('durations', 'duration', 'is_done', keys, units='things') | trim | indent(8) }}

    ),

    of_survival as (

        {{ survival_quantiles('survival_curve', of_survival, keys) | trim | indent(8) }}

    ),
    {% endif %}
    {{ dense_grid(statistics, is_counted='things_done > 0') | trim }}

    {%- for name, statistic in statistics.items() %}
    {%- set found = 'of_survival' if statistic.of == 'survival' else 'measured' %}
    {%- set counted = 'things_done' if statistic.of == 'done' else 'things' %}
    select
        grid.period_grain,
        grid.period_start,
        grid.dimension,
        grid.member,
        {{ sql_text(name) }} as statistic,
        cast(null as {{ engine_type('double') }}) as numerator,
        cast(
            case when {{ found }}.{{ name }} is null then 0 else measured.{{ counted }} end as {{ engine_type('double') }}
        ) as denominator,
        cast({{ found }}.{{ name }} as {{ engine_type('double') }}) as value,
        grid.is_complete
    from grid
    {%- for relation in ['measured', found] | unique %}
    left join {{ relation }}
        on
            grid.period_grain = {{ relation }}.period_grain
            and grid.period_start = {{ relation }}.period_start
            and grid.dimension = {{ relation }}.dimension
            and grid.member = {{ relation }}.member
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}

) as statistics
{{ where_all_have_rows(requires) }}
{{ only_rebuilt_periods('and' if requires else 'where', 'statistics') }}
{% endmacro %}
