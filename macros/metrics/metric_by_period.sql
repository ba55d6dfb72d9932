{#-
    The rows of a mart for a metric that is a ratio of two sums: every statistic, for every period
    and every member of every slice, each computed from the rows themselves, so that nothing is
    added up that does not add.

    rows        name of a CTE of the model: the unit of analysis, one row each
    day         its column with the day a row counts on
    dates       the scenario's date dimension
    statistics  {name: {numerator: SQL aggregate, denominator: SQL aggregate}}
    requires    relations without which the metric has no data: an event that nobody logs is
                not an event that never happens, so the mart is empty then
    grains      the grains to publish; without them those of var period_grains
    cohort_days with it, a period is a cohort: the rows of one week, complete once the last of
                them has had this many days
    ripe_days   the same for days, weeks and months: what becomes of a row shows within this many days
                after its own, so a period is complete once its last day has had them

    It is sliced by the columns of `rows` that meta.gsmt.slices of the mart's YAML names; 'all' is always
    there. Periods without rows are there with zero parts and a null value.
-#}

{% macro metric_by_period(rows, day, dates, statistics, requires=[], grains=none, cohort_days=none, ripe_days=none) %}
    {%- set kept_slices = published_slices() %}
    {%- set open_days = cohort_days if cohort_days is not none else ripe_days -%}
    {%- set built_again = linked_days() + model.config.meta.get('settled_after_days', 0) -%}
    {%- if open_days is not none and open_days > built_again and config.get('materialized') == 'incremental' -%}
        {{- exceptions.raise_compiler_error(
            'A cohort changes for ' ~ open_days ~ ' days: build ' ~ model.name ~ ' as a table, not by the day'
        ) -}}
    {%- endif %}
select
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    numerator / nullif(denominator, 0) as value,
    is_complete
from (

    with

    periods as (

        {{ (
            ripe_periods(dates, 'week', cohort_days, 'cohort') if cohort_days is not none
            else calendar_periods(dates, grains, ripe_days)
        ) | trim | indent(8) }}

    ),

    measured as (

        select
            periods.period_grain,
            periods.period_start,
            {{ slice_dimension(kept_slices) | indent(8) }} as dimension,
            {{ slice_member(kept_slices) | indent(8) }} as member,
        {%- for name, parts in statistics.items() %}
            {{ parts.numerator }} as {{ name }}_numerator,
            {{ parts.denominator }} as {{ name }}_denominator
            {{- ',' if not loop.last }}
        {%- endfor %}
        from {{ rows }}
        inner join periods
            on {{ rows }}.{{ day }} = periods.date_day
            {{ only_in_rebuilt_periods() | trim | indent(12) }}
        group by grouping sets (
            (periods.period_grain, periods.period_start)
        {%- for slice in kept_slices %},
            (periods.period_grain, periods.period_start, {{ slice }})
        {%- endfor %}
        )

    ),

    {%- set counts = [] %}
    {%- for name in statistics %}
        {%- do counts.extend([name ~ '_numerator <> 0', name ~ '_denominator <> 0']) %}
    {%- endfor %}

    {{ dense_grid(statistics, is_counted=counts | join('\nor ')) | trim }}

    {%- for name in statistics %}
    select
        grid.period_grain,
        grid.period_start,
        grid.dimension,
        grid.member,
        {{ sql_text(name) }} as statistic,
        coalesce(cast(measured.{{ name }}_numerator as {{ engine_type('double') }}), 0) as numerator,
        coalesce(cast(measured.{{ name }}_denominator as {{ engine_type('double') }}), 0) as denominator,
        grid.is_complete
    from grid
    left join measured
        on
            grid.period_grain = measured.period_grain
            and grid.period_start = measured.period_start
            and grid.dimension = measured.dimension
            and grid.member = measured.member
    {{ 'union all' if not loop.last }}
    {%- endfor %}

) as statistics
{{ where_all_have_rows(requires) }}
{{ only_rebuilt_periods('and' if requires else 'where', 'statistics') }}
{% endmacro %}


{#-
    The slices that the YAML of the metric's mart names: those that var slices keeps, all where it is empty. dbt
    gives a unit test no graph, so there the var itself names them.
-#}
{% macro published_slices() %}
    {%- if model.resource_type == 'unit_test' -%}
        {{- return(var('slices') | reject('eq', 'all') | list) -}}
    {%- elif not execute -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- set slices = graph.nodes[model.unique_id].config.meta.gsmt.slices -%}
    {{- return(slices | select('in', var('slices') or slices) | list) -}}
{% endmacro %}


{#- No rows at all where one of the relations has none: what is not logged is not zero. -#}
{% macro where_all_have_rows(relations) %}
{%- for relation in relations %}
{{ 'where' if loop.first else 'and' }} exists (select 1 from {{ relation }})
{%- endfor %}
{% endmacro %}


{#-
    One row per day and period that holds it, for each grain that is published. With ripe_days a period is complete
    that many days after its last one.
-#}
{% macro calendar_periods(dates, grains=none, ripe_days=none) %}
    {%- for grain in grains or var('period_grains') %}
    {%- if ripe_days is not none %}
{{ ripe_periods(dates, grain, ripe_days, grain) | trim }}
    {%- else %}
select
    date_day,
    {{ sql_text(grain) }} as period_grain,
    {{ 'date_day' if grain == 'day' else grain ~ '_start' }} as period_start,
    is_complete_{{ grain }} as is_complete
from {{ dates }}
    {%- endif %}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- endfor %}
{% endmacro %}


{#- One row per day and the day, week or month that holds it, complete once the last day of that has had so many days. -#}
{% macro ripe_periods(dates, grain, ripe_days, name) %}
    {%- set start = 'days.date_day' if grain == 'day' else 'days.' ~ grain ~ '_start' %}
select
    days.date_day,
    {{ sql_text(name) }} as period_grain,
    {{ start }} as period_start,
    days.is_complete_{{ grain }} and coalesce(last_days.is_complete_day, false) as is_complete
from {{ dates }} as days
left join {{ dates }} as last_days
    on last_days.date_day = cast({{ dbt.dateadd('day', ripe_days - 1, dbt.dateadd(grain, 1, start)) }} as date)
{% endmacro %}


{#- Under grouping sets that each hold at most one slice: which slice a row belongs to, and its member. -#}
{% macro slice_dimension(slices) -%}
    {%- if slices -%}
    case
    {%- for slice in slices %}
        when grouping({{ slice }}) = 0 then {{ sql_text(slice) }}
    {%- endfor %}
        else 'all'
    end
    {%- else -%}
    'all'
    {%- endif -%}
{%- endmacro %}


{% macro slice_member(slices) -%}
    {%- if slices -%}
    case
    {%- for slice in slices %}
        when grouping({{ slice }}) = 0 then {{ slice }}
    {%- endfor %}
        else 'all'
    end
    {%- else -%}
    'all'
    {%- endif -%}
{%- endmacro %}


{#-
    Every period for every member that was ever seen in `statistics`, so that one without rows exists as zero. A member
    that no statistic counts anything of (`is_counted`, of a row of `measured`) has none: a daily build, which reads
    few days, knows of older ones only what the mart says.
-#}
{% macro dense_grid(statistics, is_counted=none) %}
    grid as (

        select
            all_periods.period_grain,
            all_periods.period_start,
            all_periods.is_complete,
            members.dimension,
            members.member
        from (
            select distinct
                period_grain,
                period_start,
                is_complete
            from periods
        ) as all_periods
        cross join (
            select distinct
                dimension,
                member
            from measured
            {%- if is_counted is not none %}
            where
                dimension = 'all'
                or {{ is_counted | trim | indent(16) }}
            {%- endif %}
            {{ union_known_members('coalesce(numerator, 0) + coalesce(denominator, 0)', statistics) | trim | indent(12) }}
        ) as members

    )
{% endmacro %}
