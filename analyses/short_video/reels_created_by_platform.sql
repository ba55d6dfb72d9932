-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: reels_created by platform, reels published / days of the week (value)
-- grain: week
-- reads: the user-day fact
select
    platform,
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: a week has seven days, those without a reel, too
    cast(sum(reels_published) as double) / 7 as value
from {{ ref('fct_short_video__user_days') }}
group by platform, cast(date_trunc('week', activity_date) as date)
order by period_start, platform
