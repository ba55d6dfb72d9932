-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_freshness by variant, impressions of items of less than 24 hours / impressions
--         (within_24_hours), and mean hours (value)
-- grain: week
-- reads: the fact of impressions
select
    variant,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: one post of last year that comes up again weighs as much as hundreds of yesterday
    cast(count(case when age_hours < 24 then 1 end) as double) / count(*) as within_24_hours,
    sum(age_hours) / count(*) as value
from {{ ref('fct_news_feed__impressions') }}
group by variant, cast(date_trunc('week', impression_date) as date)
order by period_start, variant
