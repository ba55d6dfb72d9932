-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: harmful_engagement_correlation by harm_band, engagements / impressions (engagement_rate), and Spearman's
--         correlation of harm with engagements among the items of the band (value)
-- grain: week
-- reads: the fact of weeks of items
select
    harm_band,
    week_start as period_start,
    -- trap: it is a warning, not a cause: harmful items are of certain topics and sources, and stand at certain places
    cast(sum(engagements) as double) / sum(impressions) as engagement_rate,
    case
        when count(harm_rank) > 3 and stddev_pop(harm_rank) > 0 and stddev_pop(engagement_rank) > 0
            then corr(harm_rank, engagement_rank)
    end as value
from {{ ref('fct_news_feed__item_weeks') }}
group by harm_band, week_start
order by period_start, harm_band
