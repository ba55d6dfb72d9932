-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels take nothing from other features, and stay safe and fast.
-- metric: core_feed_time_spent, minutes in the feed / users with time in it, summed over days (value), and / active
--         users, summed over days (per_active_day); stories / active users, summed over days (stories_per_active_day)
-- trap: who leaves the feed is in no mean of its users, and takes a small number out of it
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

parts as (

    select
        user_id,
        session_id,
        duration_ms as feed_ms,
        0 as stories,
        0 as is_start
    from {{ ref('stg_short_video__main_feed_time_spent') }}
    union all
    select
        user_id,
        session_id,
        0 as feed_ms,
        stories_count as stories,
        0 as is_start
    from {{ ref('stg_short_video__stories_viewed') }}
    union all
    select
        user_id,
        session_id,
        0 as feed_ms,
        0 as stories,
        1 as is_start
    from {{ ref('stg_short_video__user_active_session_start') }}

),

user_days as (

    select
        sessions.user_id,
        sessions.session_date,
        sum(parts.feed_ms) as feed_ms,
        sum(parts.stories) as stories
    from sessions
    inner join parts
        on
            sessions.user_id = parts.user_id
            and sessions.session_id = parts.session_id
    group by
        sessions.user_id,
        sessions.session_date
    having sum(parts.is_start) > 0

)

select
    cast(date_trunc('week', session_date) as date) as period_start,
    cast(sum(feed_ms) as double) / 60000 / nullif(count(case when feed_ms > 0 then 1 end), 0) as value,
    cast(sum(feed_ms) as double) / 60000 / nullif(count(*), 0) as per_active_day,
    cast(sum(stories) as double) / nullif(count(*), 0) as stories_per_active_day
from user_days
group by cast(date_trunc('week', session_date) as date)
order by period_start
