{#-
    The metric's own value in the window, where another of its statistics (compare.statistic) has to be greater than
    each of some others (compare.greater_than), too: those of predictors without skill, for example. The greatest of
    these at the end of the window is the baseline, and what is above it the difference, which has to be positive.
-#}

{% macro observe_level_beside_others(target, metric_values) %}
    {%- set compare = target.compare %}
    select
        own.window_start,
        own.window_end,
        own.periods,
        own.is_mature,
        others.baseline_value,
        own.observed,
        others.compared_value - others.baseline_value as difference,
        own.interval_low,
        own.interval_high,
        own.p_value,
        own.worst_member
        {%- if target.interval %},
        own.expected_events
        {%- endif %}
    from (
        {{ observe_level(target, metric_values) | trim | indent(8) }}
    ) as own
    left join (
        select
            period_start,
            max(case when statistic = {{ sql_text(compare.statistic) }} then value end) as compared_value,
            max(case when statistic in ({{ sql_texts(compare.greater_than) }}) then value end) as baseline_value
        from {{ metric_values }}
        where
            metric_id = {{ sql_text(target.metric) }}
            and period_grain = {{ sql_text(target.grain) }}
            and dimension = {{ sql_text(target.dimension) }}
            and member = {{ sql_text(target.member) }}
        group by period_start
    ) as others
        on own.window_end = others.period_start
{% endmacro %}
