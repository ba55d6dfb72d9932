-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: churn_prediction_score, users flagged / monthly users, churners / users whose 30 days are over (base_rate),
--         churners flagged / users flagged (precision), and / churners (recall)
-- grain: month
-- reads: the scores, for a trained model does not fit on a whiteboard
with users as (
    select
        month_start as period_start,
        case when churn_score >= threshold then 1 else 0 end as is_flagged,
        -- Null until the 30 days are over.
        case when has_churned then 1 when not has_churned then 0 end as has_left
    from {{ ref('fct_messenger__churn_scores') }}
)

select
    period_start,
    cast(sum(is_flagged) as double) / count(*) as value,
    cast(sum(has_left) as double) / nullif(count(has_left), 0) as base_rate,
    -- trap: no accuracy, for that nobody leaves is right for five users of six; and no month that it was trained on
    cast(sum(is_flagged * has_left) as double)
    / nullif(sum(case when has_left is not null then is_flagged end), 0) as precision,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(has_left), 0) as recall
from users
group by period_start
order by period_start
