{% for scenario, relation in in_each_scenario('metric_values') %}
    select
        {{ sql_text(scenario) }} as scenario,
        metric_id,
        period_grain,
        period_start,
        dimension,
        member,
        statistic,
        numerator,
        denominator,
        value,
        is_complete
    from {{ relation }}
    {%- if not loop.last %}
        union all
    {%- endif %}
{% endfor %}
