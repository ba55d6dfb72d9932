-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_follow_rate by variant, follows within 24 hours of an impression of the source (from_feed), and all
--         follows (value), / impressions of sources that are not followed
-- grain: week
-- reads: the facts of impressions and of follows
with follows as (
    select
        variant,
        cast(date_trunc('week', follow_date) as date) as period_start,
        count(*) as follows,
        count(case when is_from_feed then 1 end) as from_feed
    from {{ ref('fct_news_feed__follows') }}
    where action = 'follow'
    group by variant, cast(date_trunc('week', follow_date) as date)
)

select
    shown.variant,
    cast(date_trunc('week', shown.impression_date) as date) as period_start,
    -- trap: who finds a source by a search owes nothing to the feed
    coalesce(max(follows.from_feed), 0) / cast(count(*) as double) as from_feed,
    coalesce(max(follows.follows), 0) / cast(count(*) as double) as value
from {{ ref('fct_news_feed__impressions') }} as shown
left join follows
    on
        shown.variant = follows.variant
        and cast(date_trunc('week', shown.impression_date) as date) = follows.period_start
where not shown.is_source_followed
group by shown.variant, cast(date_trunc('week', shown.impression_date) as date)
