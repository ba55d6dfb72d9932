{%- set grains = ['day', 'week', 'month'] | select('in', var('period_grains')) | list -%}
{%- set counts = {
    'active': 'is_active = 1',
    'new_users': 'is_new = 1',
    'retained': 'was_active = 1 and is_active = 1',
    'resurrected': 'was_active = 0 and is_active = 1 and is_new = 0',
    'churned': 'was_active = 1 and is_active = 0',
} -%}
{%- set statistics = {
    'value': {
        'numerator': 'count(case when was_active = 1 and is_active = 1 then 1 end)',
        'denominator': 'count(case when was_active = 1 then 1 end)',
    },
    'quick_ratio': {
        'numerator': 'count(case when was_active = 0 and is_active = 1 then 1 end)',
        'denominator': 'count(case when was_active = 1 and is_active = 0 then 1 end)',
    },
} -%}
{%- for name, condition in counts.items() -%}
    {%- do statistics.update({name: {
        'numerator': 'count(case when ' ~ condition ~ ' then 1 end)',
        'denominator': '1',
    }}) -%}
{%- endfor %}

with

active_days as (

    select *
    from {{ recent(ref('fct_stickiness__user_days')) }}
    where is_active

),

-- A period is known by its first day that the log has.
dates as (

    select
        log_days.date_day,
        log_days.date_day as day_start,
        min(log_days.date_day) over (partition by log_days.week_start) as week_start,
        min(log_days.date_day) over (partition by log_days.month_start) as month_start,
        cast({{ dbt.dateadd('day', 1, 'log_days.date_day') }} as date) as next_day_start,
        cast({{ dbt.dateadd('week', 1, 'log_days.week_start') }} as date) as next_week_start,
        cast({{ dbt.dateadd('month', 1, 'log_days.month_start') }} as date) as next_month_start
    from {{ ref('dim_stickiness__dates') }} as log_days

),
{% for grain in grains %}
    -- One row per {{ grain }} and user who is active in it or was in the one before.
    user_{{ grain }}s as (

        select
            user_id,
            platform,
            country,
            period_start,
            max(is_active) as is_active,
            max(was_active) as was_active,
            max(is_new) as is_new
        from (
            select
                active_days.user_id,
                active_days.platform,
                active_days.country,
                dates.{{ grain }}_start as period_start,
                1 as is_active,
                0 as was_active,
                case when active_days.days_since_signup = 0 then 1 else 0 end as is_new
            from active_days
            inner join dates
                on active_days.activity_date = dates.date_day
            union all
            select
                active_days.user_id,
                active_days.platform,
                active_days.country,
                dates.next_{{ grain }}_start as period_start,
                0 as is_active,
                1 as was_active,
                0 as is_new
            from active_days
            inner join dates
                on active_days.activity_date = dates.date_day
        ) as sides
        group by
            user_id,
            platform,
            country,
            period_start

    ),

    {{ grain }}s as (

        {{ metric_by_period(
            rows='user_' ~ grain ~ 's',
            day='period_start',
            dates=ref('dim_stickiness__dates'),
            statistics=statistics,
            requires=[ref('fct_stickiness__user_days') ~ ' where is_active'],
            grains=[grain],
        ) | trim | indent(8) }}

    ),
{% endfor %}
periods_of_all_grains as (

    {% for grain in grains %}
        select * from {{ grain }}s
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

)

select
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    -- A count has no parts, and is zero where there is nobody.
    case when statistic in ('value', 'quick_ratio') then numerator end as numerator,
    case when statistic in ('value', 'quick_ratio') then denominator end as denominator,
    case when statistic in ('value', 'quick_ratio') then value else numerator end as value,
    is_complete
from periods_of_all_grains
union all
-- While a period is open, who has not come yet has not left.
select
    period_grain,
    period_start,
    dimension,
    member,
    'pending' as statistic,
    case when is_complete then 0 else denominator - numerator end as numerator,
    denominator,
    case when is_complete then 0 else denominator - numerator end / nullif(denominator, 0) as value,
    is_complete
from periods_of_all_grains
where statistic = 'value'
