{%- set was_away = "previous_tier in ('dormant', 'gone')" %}

with

user_months as (

    select * from {{ recent(ref('fct_stickiness__user_months')) }}

)

{{ metric_by_period(
    rows='user_months',
    day='month_start',
    dates=ref('dim_stickiness__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when ' ~ was_away ~ ' and calendar_active_days > 0 then 1 end)',
            'denominator': 'count(case when ' ~ was_away ~ ' then 1 end)',
        },
        'of_dormant': {
            'numerator': "count(case when previous_tier = 'dormant' and calendar_active_days > 0 then 1 end)",
            'denominator': "count(case when previous_tier = 'dormant' then 1 end)",
        },
        'of_gone': {
            'numerator': "count(case when previous_tier = 'gone' and calendar_active_days > 0 then 1 end)",
            'denominator': "count(case when previous_tier = 'gone' then 1 end)",
        },
        'of_active': {
            'numerator': 'count(case when ' ~ was_away ~ ' and calendar_active_days > 0 then 1 end)',
            'denominator': 'count(case when calendar_active_days > 0 then 1 end)',
        },
    },
    requires=[ref('fct_stickiness__user_months')],
    grains=['month'],
) }}
