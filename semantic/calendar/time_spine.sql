{% for scenario in scenarios() %}
    select date_day
    from {{ ref('dim_' ~ scenario ~ '__dates') }}
    {% if not loop.last %}
        union
    {% endif %}
{% endfor %}
