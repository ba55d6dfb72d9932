-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_personalized_positive_rate, likes, comments and shares weighted by affinity / affinity, where each
--         reader has a mean affinity of 1 in the week
-- grain: week
-- reads: the fact of impressions
with weighted as (
    select
        cast(date_trunc('week', impression_date) as date) as period_start,
        positives,
        predicted_affinity / avg(predicted_affinity) over (
            partition by user_id, cast(date_trunc('week', impression_date) as date)
        ) as weight
    from {{ ref('fct_news_feed__impressions') }}
    where predicted_affinity is not null
)

select
    period_start,
    -- trap: weighted by the score of the ranking in use, a ranking would grade itself
    sum(weight * positives) / sum(weight) as value
from weighted
group by period_start
order by period_start
