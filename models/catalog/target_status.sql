{% for scenario, relation in in_each_scenario('target_status') %}
    select
        {{ sql_text(scenario) }} as scenario,
        question_id,
        area_id,
        target_id,
        metric_id,
        statistic,
        basis,
        operator,
        threshold,
        upper_threshold,
        threshold_source,
        severity,
        owner,
        window_periods,
        window_start,
        window_end,
        periods_observed,
        baseline_value,
        observed,
        difference,
        interval_low,
        interval_high,
        p_value,
        worst_member,
        status,
        built_at,
        built_from
    from {{ relation }}
    {%- if not loop.last %}
        union all
    {%- endif %}
{% endfor %}
