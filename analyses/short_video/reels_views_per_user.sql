-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reels_views_per_user, views / users with a view in the week (value)
-- grain: week
select
    cast(date_trunc('week', event_at) as date) as period_start,
    -- trap: each view that was logged stands for several, and rows alone are too few
    cast(sum(views_represented) as double) / nullif(count(distinct user_id), 0) as value
from {{ ref('stg_short_video__reel_view_impression') }}
where session_id is not null
group by cast(date_trunc('week', event_at) as date)
order by period_start
