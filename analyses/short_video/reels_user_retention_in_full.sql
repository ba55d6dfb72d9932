-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_user_retention, new users of a week who are active on day 1 (d1), day 7 (d7) and day 30 (value) after
--         the signup / new users
-- trap: a week is ripe when its Sunday has had the days; before, the newest weeks look like a fall
-- grain: cohort
with

sessions as (

    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date
    from {{ ref('stg_short_video__user_session_start') }}
    group by user_id, session_id

),

active_days as (

    select distinct
        sessions.user_id,
        sessions.session_date
    from sessions
    inner join {{ ref('stg_short_video__user_active_session_start') }} as active
        on
            sessions.user_id = active.user_id
            and sessions.session_id = active.session_id

),

signups as (

    select
        user_id,
        cast(min(event_at) as date) as signup_date
    from {{ ref('stg_short_video__user_signup_completed') }}
    group by user_id

),

new_users as (

    select
        signups.user_id,
        cast(date_trunc('week', signups.signup_date) as date) as cohort_week,
        max(case when active_days.session_date = signups.signup_date + interval '1' day then 1 else 0 end) as is_d1,
        max(case when active_days.session_date = signups.signup_date + interval '7' day then 1 else 0 end) as is_d7,
        max(case when active_days.session_date = signups.signup_date + interval '30' day then 1 else 0 end) as is_d30
    from signups
    left join active_days
        on signups.user_id = active_days.user_id
    group by
        signups.user_id,
        signups.signup_date

),

last_days as (

    select max(session_date) as last_date
    from sessions

)

select
    new_users.cohort_week as period_start,
    case
        when new_users.cohort_week + interval '7' day < last_days.last_date
            then cast(sum(new_users.is_d1) as double) / nullif(count(*), 0)
    end as d1,
    case
        when new_users.cohort_week + interval '13' day < last_days.last_date
            then cast(sum(new_users.is_d7) as double) / nullif(count(*), 0)
    end as d7,
    case
        when new_users.cohort_week + interval '36' day < last_days.last_date
            then cast(sum(new_users.is_d30) as double) / nullif(count(*), 0)
    end as value
from new_users
cross join last_days
group by
    new_users.cohort_week,
    last_days.last_date
order by new_users.cohort_week
