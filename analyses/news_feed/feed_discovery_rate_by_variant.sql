-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_discovery_rate by variant, discoveries / impressions of which it is known (value), and discoveries with
--         a like, comment or share / discoveries (discoveries_liked)
-- grain: week
-- reads: the fact of impressions
select
    variant,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: by whom readers follow today, each discovery that was followed is none any more
    cast(count(case when is_discovery then 1 end) as double) / nullif(count(is_discovery), 0) as value,
    cast(count(case when is_discovery and positives > 0 then 1 end) as double)
    / nullif(count(case when is_discovery then 1 end), 0) as discoveries_liked
from {{ ref('fct_news_feed__impressions') }}
group by variant, cast(date_trunc('week', impression_date) as date)
order by period_start, variant
