{%- set statistics = {
    'value': {
        'numerator': "count(case when tier in ('power', 'core') then 1 end)",
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'power_share': {
        'numerator': "count(case when tier = 'power' then 1 end)",
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'core_share': {
        'numerator': "count(case when tier = 'core' then 1 end)",
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'casual_share': {
        'numerator': "count(case when tier = 'casual' then 1 end)",
        'denominator': 'count(case when active_days > 0 then 1 end)',
    },
    'dormant_share': {
        'numerator': "count(case when tier in ('dormant', 'gone') then 1 end)",
        'denominator': 'count(*)',
    },
    'of_all_users': {
        'numerator': "count(case when tier in ('power', 'core') then 1 end)",
        'denominator': 'count(*)',
    },
    'moved_up': {
        'numerator': "count(case when previous_tier = 'casual' and tier in ('power', 'core') then 1 end)",
        'denominator': "count(case when previous_tier = 'casual' then 1 end)",
    },
    'fell_back': {
        'numerator': "count(case when previous_tier in ('power', 'core') and tier in ('casual', 'dormant', 'gone')"
            ~ ' then 1 end)',
        'denominator': "count(case when previous_tier in ('power', 'core') then 1 end)",
    },
} %}

with

user_months as (

    select * from {{ recent(ref('fct_stickiness__user_months')) }}

)

{{ metric_by_period(
    rows='user_months',
    day='month_start',
    dates=ref('dim_stickiness__dates'),
    statistics=statistics,
    requires=[ref('fct_stickiness__user_months')],
    grains=['month'],
) }}
