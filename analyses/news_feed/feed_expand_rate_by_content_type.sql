-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_expand_rate by content_type, expands / impressions of items that are shown shortened
-- grain: week
-- reads: the fact of impressions
select
    content_type,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: what is shown whole cannot be expanded, and is in no denominator
    cast(sum(expands) as double) / nullif(count(case when is_contractable then 1 end), 0) as value
from {{ ref('fct_news_feed__impressions') }}
group by content_type, cast(date_trunc('week', impression_date) as date)
order by period_start, content_type
