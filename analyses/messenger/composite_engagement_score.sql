-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: composite_engagement_score, power users / monthly users, the mean of the scores (mean_score), and power users
--         who were so last month / power users of last month (overlap)
-- grain: month
-- reads: the fact of engagement scores, which ranks the month's users
select
    month_start as period_start,
    cast(count(case when is_power_user then 1 end) as double) / count(*) as value,
    avg(engagement_score) as mean_score,
    -- trap: power users who left have no row any more, and stay in the denominator, which is last month's
    cast(count(case when is_power_user and was_power_user then 1 end) as double) / case
        when lag(cutoff_date) over (order by month_start) = month_start
            then lag(nullif(count(case when is_power_user then 1 end), 0)) over (order by month_start)
    end as overlap
from {{ ref('fct_messenger__engagement_scores') }}
group by month_start, cutoff_date
order by month_start
