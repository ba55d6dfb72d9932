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
    the latest complete periods, that the marts have.
-#}
{% macro observe_exists(target, metric_values) %}
    {%- set compare = target.compare %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_periods as (

        select period_start
        from series
        where recency <= {{ target.periods }}

    ),

    baselines as (

        select count(metrics.value) as numbers
        from {{ metric_values }} as metrics
        inner join judged_periods
            on metrics.period_start = judged_periods.period_start
        where
            metrics.metric_id in ({{ sql_texts(compare.metrics) }})
            and metrics.statistic in ({{ sql_texts(compare.statistics) }})
            and metrics.period_grain = {{ sql_text(target.grain) }}
            and metrics.dimension = {{ sql_text(target.dimension) }}
            and metrics.member = {{ sql_text(target.member) }}

    )

    select
        min(judged_periods.period_start) as window_start,
        max(judged_periods.period_start) as window_end,
        count(*) as periods,
        count(*) >= {{ target.periods }} as is_mature,
        cast(null as {{ engine_type('double') }}) as baseline_value,
        1e0 * max(baselines.numbers)
        / {{ target.periods * (compare.metrics | length) * (compare.statistics | length) }} as observed,
        {{ no_comparison() }}
    from judged_periods
    cross join baselines
{% endmacro %}


{#- Relative change against the window of the same length before it. -#}
{% macro observe_growth(target, metric_values) %}
    with

    {{ target_series(target, metric_values) | trim }},

    windows as (

        select
            min(period_start) filter (where recency <= {{ target.periods }}) as window_start,
            max(period_start) as window_end,
            count(*) as periods,
            {{ over_periods(target, latest(target.periods)) }} as current_value,
            {{ over_periods(
                target,
                'filter (where recency between ' ~ (target.periods + 1) ~ ' and ' ~ (2 * target.periods) ~ ')',
            ) }} as baseline_value
        from series

    )

    select
        window_start,
        window_end,
        periods,
        periods >= {{ 2 * target.periods }} as is_mature,
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
