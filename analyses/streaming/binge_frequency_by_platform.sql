-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: binge_frequency by platform, binges in the last 28 days of the month / users with one (value), and / active
--         users (per_active_user)
-- grain: month
-- reads: the monthly fact of users
select
    month_start as period_start,
    platform,
    cast(sum(binge_segments) as double) / nullif(count(case when binge_segments > 0 then 1 end), 0) as value,
    -- trap: divided by those who binge, it rises when those who binge a little stop
    cast(sum(binge_segments) as double) / count(*) as per_active_user
from {{ ref('fct_streaming__user_months') }}
group by month_start, platform
order by period_start, platform
