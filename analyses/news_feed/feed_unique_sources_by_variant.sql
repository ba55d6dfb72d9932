-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_unique_sources by variant, sources of as many impressions of each (rarefied), effective sources
--         (effective), and different sources (value), / readers
-- grain: week
-- reads: the fact of weeks of readers
select
    variant,
    week_start as period_start,
    -- trap: the number of sources grows with the number of impressions; of as many impressions drawn it does not
    sum(rarefied_sources) / nullif(count(rarefied_sources), 0) as rarefied,
    sum(effective_sources) / count(*) as effective,
    cast(sum(distinct_sources) as double) / count(*) as value
from {{ ref('fct_news_feed__user_weeks') }}
group by variant, week_start
order by period_start, variant
