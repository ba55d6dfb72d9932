-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_personalized_positive_rate by score_band, likes, comments and shares / impressions (unweighted), and the
--         mean score (predicted)
-- grain: week
-- reads: the fact of impressions
with scored as (
    select
        *,
        case
            when predicted_score >= 0.9 then '0.9 to 1.0'
            else cast(cast(floor(predicted_score * 10 + 1e-9) / 10 as decimal(2, 1)) as varchar) || ' to '
                || cast(cast(floor(predicted_score * 10 + 1e-9) / 10 + 0.1 as decimal(2, 1)) as varchar)
        end as score_band
    from {{ ref('fct_news_feed__impressions') }}
    where predicted_affinity is not null and predicted_score is not null
)

select
    score_band,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: a score that nobody holds against what happened may be right in order only
    cast(sum(positives) as double) / count(*) as unweighted,
    sum(predicted_score) / count(*) as predicted,
    sum(predicted_affinity * positives) / sum(predicted_affinity) as pooled_weights
from scored
group by score_band, cast(date_trunc('week', impression_date) as date)
order by period_start, score_band
