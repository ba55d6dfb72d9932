{#- Each with the first and last of the days that count. -#}
{%- set windows = {
    'd1': [1, 1],
    'd7': [7, 7],
    'd30': [30, 30],
    'd1_around': [1, 4],
    'd7_around': [4, 10],
    'd30_around': [27, 33],
} -%}
{%- set statistics = {} -%}
{%- for name in windows -%}
    {%- do statistics.update({name: {name: {
        'numerator': 'sum(case when is_ripe_for_' ~ name ~ ' then is_' ~ name ~ ' end)',
        'denominator': 'count(case when is_ripe_for_' ~ name ~ ' then 1 end)',
    }}}) -%}
{%- endfor -%}
{%- do statistics.d7.update({
    'value': statistics.d7.d7,
    'd7_so_far': {'numerator': 'sum(is_d7)', 'denominator': 'count(*)'},
}) -%}

with

active_days as (

    select
        user_id,
    {%- for name, days in windows.items() %}
        max(case when days_since_signup between {{ days[0] }} and {{ days[1] }} then 1 else 0 end) as is_{{ name }}
        {{- ',' if not loop.last }}
    {%- endfor %}
    from {{ ref('fct_stickiness__user_days') }}
    where is_active
    group by user_id

),

horizon as (

    select max(date_day) as last_day
    from {{ ref('dim_stickiness__dates') }}
    where is_complete_day

),

new_users as (

    select
        known_users.first_active_date,
        known_users.platform,
        known_users.country,
        {%- for name, days in windows.items() %}
            active_days.is_{{ name }},
            -- Of a cohort that is open nothing is said, or its first days would stand for all of it.
            {{ days_between('dates.week_start', 'horizon.last_day') }} >= {{ 6 + days[1] }} as is_ripe_for_{{ name }},
        {%- endfor %}
        {{ days_between('known_users.first_active_date', 'horizon.last_day') }} as days_known
    from {{ ref('dim_stickiness__users') }} as known_users
    inner join active_days
        on known_users.user_id = active_days.user_id
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on known_users.first_active_date = dates.date_day
    cross join horizon

),
{% for name, days in windows.items() %}
    {{ name }}_cohorts as (

    {{ metric_by_period(
        rows='new_users',
        day='first_active_date',
        dates=ref('dim_stickiness__dates'),
        statistics=statistics[name],
        requires=[ref('dim_stickiness__users') ~ ' where first_active_at is not null'],
        cohort_days=days[1],
    ) | trim | indent(4) }}

    ),
{% endfor %}
pending_cohorts as (

    {{ metric_by_period(
        rows='new_users',
        day='first_active_date',
        dates=ref('dim_stickiness__dates'),
        statistics={
            'd1_pending': {'numerator': 'count(case when days_known < 1 then 1 end)', 'denominator': 'count(*)'},
            'd7_pending': {'numerator': 'count(case when days_known < 7 then 1 end)', 'denominator': 'count(*)'},
            'd30_pending': {'numerator': 'count(case when days_known < 30 then 1 end)', 'denominator': 'count(*)'},
        },
        requires=[ref('dim_stickiness__users') ~ ' where first_active_at is not null'],
        cohort_days=0,
    ) | trim | indent(4) }}

),

cohorts_of_all_days as (

    {% for name in windows %}
        select * from {{ name }}_cohorts
        union all
    {% endfor %}
    select * from pending_cohorts

)

select * from cohorts_of_all_days
