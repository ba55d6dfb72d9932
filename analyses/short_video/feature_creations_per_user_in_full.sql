-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_creations_per_user, things created / users of the week who use any (value), and / users with a
--         session, summed over days (per_active_day)
-- trap: who stops using a feature is in no mean of its users
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

things_done as (

    select
        user_id,
        session_id,
        feature_name,
        interaction_type,
        time_spent_on_interaction_ms as spent_ms
    from {{ ref('stg_short_video__feature_interaction') }}
    union all
    select
        user_id,
        session_id,
        feature_name,
        'creation' as interaction_type,
        0 as spent_ms
    from {{ ref('stg_short_video__content_creation') }}

),

user_days as (

    select
        sessions.user_id,
        sessions.session_date,
        cast(coalesce(count(case when things_done.interaction_type = 'creation' then 1 end), 0) as double) as amount,
        count(things_done.session_id) as things
    from sessions
    left join things_done
        on
            sessions.user_id = things_done.user_id
            and sessions.session_id = things_done.session_id
    group by
        sessions.user_id,
        sessions.session_date

)

select
    cast(date_trunc('week', session_date) as date) as period_start,
    sum(amount) / nullif(count(distinct case when things > 0 then user_id end), 0) as value,
    sum(amount) / nullif(count(*), 0) as per_active_day
from user_days
group by cast(date_trunc('week', session_date) as date)
order by period_start
