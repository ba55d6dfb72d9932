{%- set statistics = {
    'value': {
        'numerator': 'count(case when is_active_today then 1 end)',
        'denominator': 'count(case when was_active_a_week_ago then 1 end)',
    },
    'l7': {
        'numerator': 'sum(days_of_7)',
        'denominator': 'count(case when days_of_7 > 0 then 1 end)',
    },
    'returned': {
        'numerator': 'count(case when is_active_today and was_active_a_week_ago then 1 end)',
        'denominator': 'count(case when was_active_a_week_ago then 1 end)',
    },
} -%}
{%- for days in range(1, 8) -%}
    {%- do statistics.update({'l7_' ~ days: {
        'numerator': 'count(case when days_of_7 = ' ~ days ~ ' then 1 end)',
        'denominator': 'count(case when days_of_7 > 0 then 1 end)',
    }}) -%}
{%- endfor %}

with

ages as (

    {{ ages(8) | trim | indent(4) }}

),

horizon as (

    select min(date_day) as first_day
    from {{ ref('dim_stickiness__dates') }}

),

-- An active day is one of the last seven for a week, and the day a week ago once.
active_days as (

    select
        user_days.user_id,
        user_days.platform,
        user_days.country,
        ages.age,
        cast({{ dbt.dateadd('day', 'ages.age', 'user_days.activity_date') }} as date) as seen_from
    from {{ recent(ref('fct_stickiness__user_days')) }} as user_days
    cross join ages
    where user_days.is_active

),

user_weeks as (

    select
        active_days.user_id,
        active_days.platform,
        active_days.country,
        active_days.seen_from,
        count(case when active_days.age < 7 then 1 end) as days_of_7,
        max(case when active_days.age = 0 then 1 else 0 end) = 1 as is_active_today,
        max(case when active_days.age = 7 then 1 else 0 end) = 1 as was_active_a_week_ago
    from active_days
    inner join horizon
        on active_days.seen_from >= {{ dbt.dateadd('day', 7, 'horizon.first_day') }}
    group by
        active_days.user_id,
        active_days.platform,
        active_days.country,
        active_days.seen_from

)

{{ metric_by_period(
    rows='user_weeks',
    day='seen_from',
    dates=ref('dim_stickiness__dates'),
    statistics=statistics,
    requires=[ref('fct_stickiness__user_days') ~ ' where is_active'],
    grains=['day'],
) }}
