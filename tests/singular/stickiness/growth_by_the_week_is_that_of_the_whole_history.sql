-- The mart knows of each period and the one before; growth_accounting goes through each user's history. They agree.
{%- set counts = {
    'active': 'active', 'new_users': 'new_units', 'retained': 'retained', 'resurrected': 'resurrected',
    'churned': 'churned',
} %}

with

firsts as (

    select min(week_start) as first_week
    from {{ ref('dim_stickiness__dates') }}

),

dates as (

    select
        dates.date_day,
        dates.week_start,
        {{ days_between('firsts.first_week', 'dates.week_start') }} / 7 as period
    from {{ ref('dim_stickiness__dates') }} as dates
    cross join firsts

),

weeks as (

    select distinct
        period,
        week_start
    from dates

),

activity as (

    select
        user_days.user_id,
        user_days.platform,
        dates.period
    from {{ ref('fct_stickiness__user_days') }} as user_days
    inner join dates
        on user_days.activity_date = dates.date_day
    where user_days.is_active

),

accounts as (

    {{ growth_accounting('activity', 'weeks', 'user_id', ['platform']) | trim | indent(4) }}

),

expected as (

    {% for statistic, account in counts.items() %}
        select
            weeks.week_start as period_start,
            accounts.platform as member,
            {{ sql_text(statistic) }} as statistic,
            accounts.{{ account }} as value
        from accounts
        inner join weeks
            on accounts.period = weeks.period
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

),

published as (

    select
        period_start,
        member,
        statistic,
        value
    from {{ ref('mart_rolling_window_retention') }}
    where
        period_grain = 'week'
        and dimension = 'platform'
        and statistic in ({{ sql_texts(counts.keys() | list) }})

)

select
    expected.period_start,
    expected.member,
    expected.statistic,
    expected.value as value_of_history,
    published.value
from expected
inner join published
    on
        expected.period_start = published.period_start
        and expected.member = published.member
        and expected.statistic = published.statistic
where expected.value <> published.value
