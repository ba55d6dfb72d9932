{% for scenario in ['cloud_storage', 'messenger', 'ride_sharing'] %}
    select
        '{{ scenario }}' as scenario,
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
    from {{ ref(scenario ~ '__metric_values') }}
    {%- if not loop.last %}
        union all
    {%- endif %}
{% endfor %}
