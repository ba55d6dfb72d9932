{%- set definitions = {
    'dau_by_app_open': 'app_opens > 0 and not is_automated',
    'dau_by_session_start': 'session_starts > 0 and not is_automated',
    'automated_users': 'is_automated',
} -%}

with

user_days as (

    select * from {{ recent(ref('fct_stickiness__user_days')) }}

),

active_days as (

    select *
    from user_days
    where is_active

),
{% for name, condition in definitions.items() %}
{{ name }}_days as (

    select *
    from user_days
    where {{ condition }}

),
{% endfor %}
rolling_users as (

    {{ rolling_active_users(
        rows='active_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        windows={'dau': 1, 'wau': 7, 'mau': 28},
        requires=[ref('fct_stickiness__user_days') ~ ' where is_active'],
    ) | trim | indent(4) }}

),

wau_over_mau as (

    select
        mau.period_grain,
        mau.period_start,
        mau.dimension,
        mau.member,
        'value' as statistic,
        case when mau.value is not null then wau.value end as numerator,
        mau.value as denominator,
        wau.value / nullif(mau.value, 0) as value,
        mau.is_complete
    from rolling_users as mau
    inner join rolling_users as wau
        on
            mau.period_start = wau.period_start
            and mau.dimension = wau.dimension
            and mau.member = wau.member
    where
        mau.statistic = 'mau'
        and wau.statistic = 'wau'

),

monthly_users as (

    select *
    from {{ recent(ref('fct_stickiness__user_months')) }}
    where active_days > 0

),

shares_of_months as (

    {{ metric_by_period(
        rows='monthly_users',
        day='month_start',
        dates=ref('dim_stickiness__dates'),
        statistics={
            'three_day_share': {
                'numerator': 'count(case when active_days >= 3 then 1 end)',
                'denominator': 'count(*)',
            },
            'seven_day_share': {
                'numerator': 'count(case when active_days >= 7 then 1 end)',
                'denominator': 'count(*)',
            },
            'fourteen_day_share': {
                'numerator': 'count(case when active_days >= 14 then 1 end)',
                'denominator': 'count(*)',
            },
            'twenty_one_day_share': {
                'numerator': 'count(case when active_days >= 21 then 1 end)',
                'denominator': 'count(*)',
            },
            'mean_dau_over_mau': {
                'numerator': 'sum(active_days)',
                'denominator': '28 * count(*)',
            },
        },
        requires=[ref('fct_stickiness__user_months')],
        grains=['month'],
    ) | trim | indent(4) }}

)

select * from wau_over_mau
union all
select * from rolling_users
{%- for name, condition in definitions.items() %}
union all
select *
from (
    {{ rolling_active_users(
        rows=name ~ '_days',
        user='user_id',
        day='activity_date',
        dates=ref('dim_stickiness__dates'),
        windows={name: 1},
        requires=[ref('fct_stickiness__user_days') ~ ' where ' ~ condition],
    ) | trim | indent(4) }}
) as {{ name }}_users
{%- endfor %}
union all
select * from shares_of_months
