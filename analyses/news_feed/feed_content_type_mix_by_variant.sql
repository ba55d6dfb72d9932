-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_type_mix by variant, impressions of the largest type / impressions
-- grain: week
-- reads: the fact of impressions
with types as (
    select
        variant,
        content_type,
        cast(date_trunc('week', impression_date) as date) as period_start,
        count(*) as impressions
    from {{ ref('fct_news_feed__impressions') }}
    group by variant, content_type, cast(date_trunc('week', impression_date) as date)
)

select
    variant,
    period_start,
    -- trap: a balanced pool may be of readers who see one type each, so the mean of their largest shares stands beside
    cast(max(impressions) as double) / sum(impressions) as value
from types
group by variant, period_start
order by period_start, variant
