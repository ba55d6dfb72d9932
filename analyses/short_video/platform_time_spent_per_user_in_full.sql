-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: platform_time_spent_per_user, minutes in all features / users with a session, summed over days (value), the
--         same of users who did not sign up within the log (of_users_from_before), and / users of the week (per_user)
-- trap: new and light users lower the mean although nobody does less
-- grain: week
with

sessions as (

    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date
    from {{ ref('stg_short_video__user_session_start') }}
    group by user_id, session_id

),

spent as (

    select
        user_id,
        session_id,
        sum(time_spent_on_interaction_ms) as spent_ms
    from {{ ref('stg_short_video__feature_interaction') }}
    group by
        user_id,
        session_id

),

signups as (

    select
        user_id,
        cast(min(event_at) as date) as signup_date
    from {{ ref('stg_short_video__user_signup_completed') }}
    group by user_id

),

user_days as (

    select
        sessions.user_id,
        sessions.session_date,
        signups.signup_date,
        cast(coalesce(sum(spent.spent_ms), 0) as double) / 60000 as minutes
    from sessions
    left join spent
        on
            sessions.user_id = spent.user_id
            and sessions.session_id = spent.session_id
    left join signups
        on
            sessions.user_id = signups.user_id
            and sessions.session_date >= signups.signup_date
    group by
        sessions.user_id,
        sessions.session_date,
        signups.signup_date

)

select
    cast(date_trunc('week', session_date) as date) as period_start,
    sum(minutes) / nullif(count(*), 0) as value,
    sum(case when signup_date is null then minutes end)
    / nullif(count(case when signup_date is null then 1 end), 0) as of_users_from_before,
    sum(minutes) / nullif(count(distinct user_id), 0) as per_user
from user_days
group by cast(date_trunc('week', session_date) as date)
order by period_start
