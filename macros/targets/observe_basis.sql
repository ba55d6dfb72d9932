{#- The metric's own value in the window, with its interval if it is a rate of events that one is asked for. -#}
{% macro observe_level(target, metric_values) %}
    {%- set window = latest(target.periods) %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_window as (

        select
            min(period_start) {{ window }} as window_start,
            max(period_start) as window_end,
            count(*) as periods,
            {{ is_mature(target) }} as is_mature,
            {{ over_periods(target, window) }} as observed,
            sum(numerator) {{ window }} as events,
            sum(denominator) {{ window }} as denominator
        from series

    )

    select
        window_start,
        window_end,
        periods,
        is_mature,
        {{ no_number() }} as baseline_value,
        observed,
        {{ no_number() }} as difference,
        {%- for bound in ['low', 'high'] %}
        {{ rate_bound(target, bound) if target.interval else no_number() }} as interval_{{ bound }},
        {%- endfor %}
        {{ no_number() }} as p_value,
        {{ no_member() }} as worst_member
        {%- if target.interval %},
        {{ expected_events(target, 'denominator') }} as expected_events
        {%- endif %}
    from judged_window
{% endmacro %}


{#-
    Whether a baseline is there: the share of the numbers it is made of, statistics of metrics in each of
    the latest complete periods, that the marts have. They are asked of the target's member and of each member of
    compare.dimension in the periods in which it has at least compare.minimum_count units with rows: what one platform
    does not log is hidden in the numbers of all. `worst_member` is the one that lacks most of them.
-#}
{% macro observe_exists(target, metric_values) %}
    {%- set compare = target.compare %}
    {%- set wanted = (compare.metrics | length) * (compare.statistics | length) %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_periods as (

        select distinct period_start
        from series
        where recency <= {{ target.periods }}

    ),

    judged_window as (

        select
            min(period_start) as window_start,
            max(period_start) as window_end,
            count(*) as periods
        from judged_periods

    ),

    members as (

        select
            period_start,
            {{ sql_text(target.dimension) }} as dimension,
            {{ sql_text(target.member) }} as member
        from judged_periods
        union all
        select
            judged_periods.period_start,
            {{ sql_text(compare.dimension) }} as dimension,
            unit_rows.{{ compare.dimension }} as member
        from {{ relation_of(compare.rows) }} as unit_rows
        inner join judged_periods
            on
                judged_periods.period_start <= unit_rows.{{ compare.day }}
                and unit_rows.{{ compare.day }} < {{ periods_later(target, 1, 'judged_periods.period_start') }}
        where unit_rows.{{ compare.dimension }} is not null
        group by
            judged_periods.period_start,
            unit_rows.{{ compare.dimension }}
        having count(distinct unit_rows.{{ compare.unit }}) >= {{ compare.minimum_count }}

    ),

    baselines as (

        select
            members.period_start,
            members.dimension,
            members.member,
            count(metrics.value) as numbers,
            min(count(metrics.value)) over () as least_numbers
        from members
        left join {{ metric_values }} as metrics
            on
                members.period_start = metrics.period_start
                and members.dimension = metrics.dimension
                and members.member = metrics.member
                and metrics.period_grain = {{ sql_text(target.grain) }}
                and metrics.metric_id in ({{ sql_texts(compare.metrics) }})
                and metrics.statistic in ({{ sql_texts(compare.statistics) }})
        group by
            members.period_start,
            members.dimension,
            members.member

    ),

    existing as (

        select
            1e0 * sum(numbers) / (count(*) * {{ wanted }}) as observed,
            min(case when numbers = least_numbers and numbers < {{ wanted }} then member end) as worst_member
        from baselines

    )

    select
        judged_window.window_start,
        judged_window.window_end,
        judged_window.periods,
        judged_window.periods >= {{ target.periods }} as is_mature,
        {{ no_number() }} as baseline_value,
        existing.observed,
        {{ no_number() }} as difference,
        {{ no_number() }} as interval_low,
        {{ no_number() }} as interval_high,
        {{ no_number() }} as p_value,
        existing.worst_member
    from judged_window
    cross join existing
{% endmacro %}


{#-
    Relative change against a window of the same length: the one before it, or the one that ends so many periods
    earlier as window.apart says.
-#}
{% macro observe_growth(target, metric_values) %}
    {%- set apart = target.apart or target.periods %}
    with

    {{ target_series(target, metric_values) | trim }},

    windows as (

        select
            min(period_start) filter (where recency <= {{ target.periods }}) as window_start,
            max(period_start) as window_end,
            count(*) as periods,
            {{ over_periods(target, latest(target.periods)) }} as current_value,
            {{ over_periods(target, latest_before(target.periods, apart)) }} as baseline_value
        from series

    )

    select
        window_start,
        window_end,
        periods,
        periods >= {{ apart + target.periods }} as is_mature,
        baseline_value,
        current_value / nullif(baseline_value, 0) - 1 as observed,
        {{ no_comparison() }}
    from windows
{% endmacro %}


{% macro no_comparison() -%}
    {{ no_number() }} as difference,
        {{ no_number() }} as interval_low,
        {{ no_number() }} as interval_high,
        {{ no_number() }} as p_value,
        {{ no_member() }} as worst_member
{%- endmacro %}


{% macro no_number() -%}
    cast(null as {{ engine_type('double') }})
{%- endmacro %}


{% macro no_member() -%}
    cast(null as {{ engine_type('string') }})
{%- endmacro %}
