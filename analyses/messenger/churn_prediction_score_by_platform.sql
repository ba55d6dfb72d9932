-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: churn_prediction_score by platform, users flagged / monthly users, and churners / users whose 30 days are
--         over (base_rate)
-- grain: month
-- reads: the scores, for a trained model does not fit on a whiteboard
select
    month_start as period_start,
    platform,
    cast(count(case when churn_score >= threshold then 1 end) as double) / count(*) as value,
    -- trap: who is still within the 30 days has not stayed, so is neither above nor below the line
    cast(count(case when has_churned then 1 end) as double) / nullif(count(has_churned), 0) as base_rate
from {{ ref('fct_messenger__churn_scores') }}
group by month_start, platform
order by month_start, platform
