{#- Which weeks of a cohort are over; the triangle has no cell for one that is not. -#}
with

cohorts as (

    select
        dates.week_start as cohort_week,
        known_users.platform,
        known_users.user_id
    from {{ ref('dim_stickiness__users') }} as known_users
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on known_users.first_active_date = dates.date_day

),

weeks as (

    select distinct week_start
    from {{ ref('dim_stickiness__dates') }}
    where is_complete_week

),

active_weeks as (

    select distinct
        user_days.user_id,
        dates.week_start
    from {{ ref('fct_stickiness__user_days') }} as user_days
    inner join {{ ref('dim_stickiness__dates') }} as dates
        on user_days.activity_date = dates.date_day
    where user_days.is_active

)

select
    cohorts.cohort_week,
    cohorts.platform,
    weeks.week_start as active_week,
    cast({{ days_between('cohorts.cohort_week', 'weeks.week_start') }} / 7 as {{ engine_type('integer') }})
        as weeks_since_signup,
    count(*) as users,
    count(active_weeks.user_id) as active_users,
    1e0 * count(active_weeks.user_id) / count(*) as share_active
from cohorts
inner join weeks
    on cohorts.cohort_week <= weeks.week_start
left join active_weeks
    on
        cohorts.user_id = active_weeks.user_id
        and weeks.week_start = active_weeks.week_start
group by
    cohorts.cohort_week,
    cohorts.platform,
    weeks.week_start
