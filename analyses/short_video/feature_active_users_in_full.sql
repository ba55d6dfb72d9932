-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_active_users, users who do anything in a feature on the day (value), in the trailing 7 days (wau)
--         and 28 days (mau), and value / mau (dau_over_mau)
-- trap: a user of two features is one user
-- grain: day
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

    select distinct
        sessions.user_id,
        sessions.session_date
    from sessions
    inner join things_done
        on
            sessions.user_id = things_done.user_id
            and sessions.session_id = things_done.session_id

),

ends as (

    select
        session_date as last_date,
        row_number() over (order by session_date) as days_of_data
    from user_days
    group by session_date

),

counts as (

    select
        ends.last_date,
        ends.days_of_data,
        count(distinct case when days.session_date = ends.last_date then days.user_id end) as dau,
        count(distinct case
            when days.session_date > ends.last_date - interval '7' day then days.user_id
        end) as wau,
        count(distinct days.user_id) as mau
    from ends
    inner join user_days as days
        on days.session_date between ends.last_date - interval '27' day and ends.last_date
    group by
        ends.last_date,
        ends.days_of_data

)

select
    last_date as period_start,
    dau as value,
    case when days_of_data >= 7 then wau end as wau,
    case when days_of_data >= 28 then mau end as mau,
    case when days_of_data >= 28 then cast(dau as double) / nullif(mau, 0) end as dau_over_mau
from counts
order by last_date
