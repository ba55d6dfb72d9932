-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: churn_prediction_score, users whom the model flags / monthly users, users who sent nothing in the next 30
--         days / users whose 30 days are over (base_rate), those flagged of them / users flagged (precision), and / all
--         of them (recall); over all months scored so far the lower of the two (lower_of_precision_and_recall) and the
--         F1 of the model (f1), of the best rule (best_rule_f1) and of flagging everybody (flag_everybody_f1)
-- trap: on months that it was trained on the model is right about everything; and accuracy is no measure: that nobody
--       leaves is right for five users of six; where most leave, flagging everybody is precise, and the model must
--       beat it
-- reads: the scores, for a trained model does not fit on a whiteboard; each is of a month after those in training
-- grain: month
with

users as (

    select
        month_start as period_start,
        case when churn_score >= threshold then 1 else 0 end as is_flagged,
        case when has_significant_drop then 1 else 0 end as has_dropped,
        case when has_sustained_low_activity then 1 else 0 end as is_low,
        case when has_high_inactivity then 1 else 0 end as is_silent,
        case when has_churned then 1 when not has_churned then 0 end as has_left
    from {{ ref('fct_messenger__churn_scores') }}

),

months as (

    select
        period_start,
        count(*) as users,
        sum(is_flagged) as flagged,
        count(has_left) as known_users,
        sum(case when has_left is not null then is_flagged end) as known_flagged,
        sum(has_left) as churners,
        sum(is_flagged * has_left) as hits,
        -- What the rules flagged and everybody who left, and twice the hits: what F1 divides.
        sum(case when has_left is not null then has_dropped end) + sum(has_left) as dropped,
        2 * sum(has_dropped * has_left) as dropped_hits,
        sum(case when has_left is not null then is_low end) + sum(has_left) as low,
        2 * sum(is_low * has_left) as low_hits,
        sum(case when has_left is not null then is_silent end) + sum(has_left) as silent,
        2 * sum(is_silent * has_left) as silent_hits
    from users
    group by period_start

),

months_so_far as (

    select
        *,
        cast(sum(hits) over (order by period_start) as double)
        / nullif(sum(known_flagged) over (order by period_start), 0) as precision_so_far,
        cast(sum(hits) over (order by period_start) as double)
        / nullif(sum(churners) over (order by period_start), 0) as recall_so_far,
        cast(2 * sum(hits) over (order by period_start) as double)
        / nullif(sum(known_flagged + churners) over (order by period_start), 0) as f1_so_far,
        cast(2 * sum(churners) over (order by period_start) as double)
        / nullif(sum(known_users + churners) over (order by period_start), 0) as flag_everybody_f1_so_far,
        cast(sum(dropped_hits) over (order by period_start) as double)
        / nullif(sum(dropped) over (order by period_start), 0) as dropped_f1,
        cast(sum(low_hits) over (order by period_start) as double)
        / nullif(sum(low) over (order by period_start), 0) as low_f1,
        cast(sum(silent_hits) over (order by period_start) as double)
        / nullif(sum(silent) over (order by period_start), 0) as silent_f1
    from months

)

select
    period_start,
    cast(flagged as double) / users as value,
    cast(churners as double) / nullif(known_users, 0) as base_rate,
    cast(hits as double) / nullif(known_flagged, 0) as precision,
    cast(hits as double) / nullif(churners, 0) as recall,
    case
        when known_users = 0 then null
        when precision_so_far < recall_so_far then precision_so_far
        else recall_so_far
    end as lower_of_precision_and_recall,
    case when known_users > 0 then f1_so_far end as f1,
    case
        when known_users = 0 then null
        when dropped_f1 >= low_f1 and dropped_f1 >= silent_f1 then dropped_f1
        when low_f1 >= silent_f1 then low_f1
        else silent_f1
    end as best_rule_f1,
    case when known_users > 0 then flag_everybody_f1_so_far end as flag_everybody_f1
from months_so_far
order by period_start
