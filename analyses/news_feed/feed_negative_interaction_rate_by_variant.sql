-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_negative_interaction_rate by variant, hides and reports / impressions (value), impressions with any /
--         impressions (impressions_rejected), and readers with any / readers (users_rejecting)
-- grain: week
-- reads: the fact of impressions
select
    variant,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: who hides and reports an item rejects one item, and who rejects everything is one reader
    cast(sum(negatives) as double) / count(*) as value,
    cast(count(case when negatives > 0 then 1 end) as double) / count(*) as impressions_rejected,
    cast(count(distinct case when negatives > 0 then user_id end) as double)
    / count(distinct user_id) as users_rejecting
from {{ ref('fct_news_feed__impressions') }}
group by variant, cast(date_trunc('week', impression_date) as date)
order by period_start, variant
