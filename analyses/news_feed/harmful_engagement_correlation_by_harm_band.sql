-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: harmful_engagement_correlation by harm_band, engagements / impressions
-- grain: week
-- reads: the fact of weeks of items
select
    harm_band,
    week_start as period_start,
    -- trap: it is a warning, not a cause: harmful items are of certain topics and sources, and stand at certain places
    cast(sum(engagements) as double) / sum(impressions) as engagement_rate
from {{ ref('fct_news_feed__item_weeks') }}
group by harm_band, week_start
order by period_start, harm_band
