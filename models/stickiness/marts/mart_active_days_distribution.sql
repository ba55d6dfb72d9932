{%- set statistics = {
    'value': {
        'numerator': 'count(case when active_days > 15 then 1 end)',
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'tenured_over_15': {
        'numerator': 'count(case when active_days > 15 and is_tenured then 1 end)',
        'denominator': 'count(case when active_days > 0 and is_tenured then 1 end)',
    },
    'calendar_over_15': {
        'numerator': 'count(case when calendar_active_days > 15 then 1 end)',
        'denominator': 'count(case when calendar_active_days > 0 then 1 end)',
    },
    'mean_days': {
        'numerator': 'sum(active_days)',
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'mean_local_days': {
        'numerator': 'sum(local_active_days)',
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
} -%}
{%- for days in range(1, 29) -%}
    {%- do statistics.update({'days_' ~ days: {
        'numerator': 'count(case when active_days = ' ~ days ~ ' then 1 end)',
        'denominator': 'count(case when active_days > 0 then 1 end)',
    }}) -%}
{%- endfor %}

with

monthly_users as (

    select * from {{ recent(ref('fct_stickiness__user_months')) }}

)

{{ metric_by_period(
    rows='monthly_users',
    day='month_start',
    dates=ref('dim_stickiness__dates'),
    statistics=statistics,
    requires=[ref('fct_stickiness__user_months')],
    grains=['month'],
) }}
