-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_follow_rate by variant, follows within 24 hours of an impression of the source (from_feed), and all
--         follows (value), / impressions of sources that are not followed
-- grain: week
-- reads: the facts of impressions and of follows
with parts as (
    select
        variant,
        cast(date_trunc('week', impression_date) as date) as period_start,
        1 as impressions,
        0 as follows, 0 as from_feed
    from {{ ref('fct_news_feed__impressions') }} where not is_source_followed
    union all
    select
        variant,
        cast(date_trunc('week', follow_date) as date) as period_start,
        0 as impressions, 1 as follows,
        case when is_from_feed then 1 else 0 end as from_feed
    from {{ ref('fct_news_feed__follows') }} where action = 'follow'
)

select
    variant,
    period_start,
    -- trap: who finds a source by a search owes nothing to the feed
    cast(sum(from_feed) as double) / nullif(sum(impressions), 0) as from_feed,
    cast(sum(follows) as double) / nullif(sum(impressions), 0) as value
from parts
group by variant, period_start
