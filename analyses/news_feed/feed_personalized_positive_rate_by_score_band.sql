-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_personalized_positive_rate by score_band, likes, comments and shares / impressions (unweighted), mean
--         score (predicted), rate weighted by affinity (value)
-- grain: week
-- reads: the fact of impressions
with scored as (
    select
        positives,
        predicted_score,
        cast(date_trunc('week', impression_date) as date) as period_start,
        case when predicted_score >= 1 then 9 else floor(predicted_score * 10 + cast(1 as double) / 10000) end as tenth,
        predicted_affinity / avg(predicted_affinity) over (
            partition by user_id, cast(date_trunc('week', impression_date) as date)
        ) as weight
    from {{ ref('fct_news_feed__impressions') }}
    where predicted_affinity is not null and predicted_score is not null
)

select
    period_start,
    '0.' || cast(cast(tenth as integer) as varchar) || ' to '
    || case when tenth = 9 then '1.0' else '0.' || cast(cast(tenth + 1 as integer) as varchar) end as score_band,
    -- trap: a score that nobody holds against what happened may be right in order only
    cast(sum(positives) as double) / count(*) as unweighted,
    sum(predicted_score) / count(*) as predicted,
    sum(weight * positives) / sum(weight) as value
from scored
group by period_start, tenth
order by period_start, tenth
