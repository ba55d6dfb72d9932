-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_active_users, users who watch or publish reels on the day (value), in the trailing 7 days (wau) and
--         28 days (mau); users of the trailing 28 days in anything (platform_mau); value / mau (dau_over_mau) and mau
--         / platform_mau (share_of_mau)
-- trap: viewers and creators overlap; a month of reels is held against a month of the platform
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

user_days as (

    select
        user_id,
        cast(event_at as date) as activity_date,
        1 as is_in_reels
    from {{ ref('stg_short_video__reel_view_impression') }}
    where session_id is not null
    union all
    select
        user_id,
        cast(event_at as date) as activity_date,
        1 as is_in_reels
    from {{ ref('stg_short_video__reel_published') }}
    union all
    select
        sessions.user_id,
        sessions.session_date as activity_date,
        0 as is_in_reels
    from sessions
    inner join {{ ref('stg_short_video__user_active_session_start') }} as active
        on
            sessions.user_id = active.user_id
            and sessions.session_id = active.session_id

),

ends as (

    select
        activity_date as last_date,
        row_number() over (order by activity_date) as days_of_data
    from user_days
    group by activity_date

),

counts as (

    select
        ends.last_date,
        ends.days_of_data,
        count(distinct case
            when days.is_in_reels = 1 and days.activity_date = ends.last_date then days.user_id
        end) as dau,
        count(distinct case
            when days.is_in_reels = 1 and days.activity_date > ends.last_date - interval '7' day then days.user_id
        end) as wau,
        count(distinct case when days.is_in_reels = 1 then days.user_id end) as mau,
        count(distinct days.user_id) as platform_mau
    from ends
    inner join user_days as days
        on days.activity_date between ends.last_date - interval '27' day and ends.last_date
    group by
        ends.last_date,
        ends.days_of_data

)

select
    last_date as period_start,
    dau as value,
    case when days_of_data >= 7 then wau end as wau,
    case when days_of_data >= 28 then mau end as mau,
    case when days_of_data >= 28 then platform_mau end as platform_mau,
    case when days_of_data >= 28 then cast(dau as double) / nullif(mau, 0) end as dau_over_mau,
    case when days_of_data >= 28 then cast(mau as double) / nullif(platform_mau, 0) end as share_of_mau
from counts
order by last_date
