-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: creator_activation_rate, active users of the day whose first reel lies in the 28 days that end with it /
--         active users of the day (of_dau)
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    -- trap: a first reel of these days is not a first reel; it is found in the whole history
    cast(count(case when days_since_first_reel between 0 and 27 then 1 end) as double)
    / nullif(count(*), 0) as of_dau
from {{ ref('fct_short_video__user_days') }}
where is_platform_active
group by activity_date
order by period_start
