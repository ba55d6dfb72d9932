-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_active_users, users who watch or publish reels on the day (value)
-- grain: day
with users_of_days as (
    select
        user_id,
        cast(event_at as date) as period_start,
        1 as is_in_reels
    from {{ ref('stg_short_video__reel_view_impression') }}
    where session_id is not null
    union all
    select user_id, cast(event_at as date) as period_start, 1 as is_in_reels
    from {{ ref('stg_short_video__reel_published') }}
    union all
    select user_id, cast(event_at as date) as period_start, 0 as is_in_reels
    from {{ ref('stg_short_video__user_active_session_start') }}
)

select
    period_start,
    -- trap: viewers and creators overlap, so a user counts once; a day without any has 0
    count(distinct case when is_in_reels = 1 then user_id end) as value
from users_of_days
group by period_start
order by period_start
