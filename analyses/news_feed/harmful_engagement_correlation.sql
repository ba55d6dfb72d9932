-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: harmful_engagement_correlation, Spearman's correlation over items of the week of harm with engagements /
--         impressions (of_rates) and with engagements (value)
-- grain: week
-- reads: the fact of weeks of items, with their ranks
select
    week_start as period_start,
    -- trap: what is shown more is engaged with more, so numbers of engagements say what the ranking shows
    corr(harm_rank, engagement_rate_rank) as of_rates,
    corr(harm_rank, engagement_rank) as value
from {{ ref('fct_news_feed__item_weeks') }}
where is_compared
group by week_start
having count(*) > 3
order by period_start
