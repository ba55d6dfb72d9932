-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: composite_engagement_score by platform, power users / monthly users, and the mean of the scores (mean_score)
-- grain: month
-- reads: the fact of engagement scores, which ranks the month's users
select
    month_start as period_start,
    platform,
    -- trap: users are ranked among all, so a platform's share is no constant; that is what the slice shows
    cast(count(case when is_power_user then 1 end) as double) / count(*) as value,
    avg(engagement_score) as mean_score
from {{ ref('fct_messenger__engagement_scores') }}
group by month_start, platform
order by month_start, platform
