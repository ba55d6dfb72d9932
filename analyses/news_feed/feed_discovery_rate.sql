-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_discovery_rate, impressions of sources neither followed then nor touched in the 28 days before /
--         impressions from the 29th day on (value)
-- grain: week
-- reads: the fact of impressions, which knows what its reader had touched by then
select
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: by whom readers follow today, each discovery that was followed is none any more
    cast(count(case when is_discovery then 1 end) as double) / nullif(count(is_discovery), 0) as value,
    cast(count(case when is_new_topic then 1 end) as double) / nullif(count(is_new_topic), 0) as new_topic
from {{ ref('fct_news_feed__impressions') }}
group by cast(date_trunc('week', impression_date) as date)
order by period_start
