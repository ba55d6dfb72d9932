-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_positive_interaction_rate by position_band, likes, comments and shares / impressions (value), and
--         impressions with any / impressions (impressions_liked)
-- grain: week
-- reads: the fact of impressions
select
    position_band,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: the place makes some of the rate: compare rankings within a band, or at fixed shares of the bands
    cast(sum(positives) as double) / count(*) as value,
    cast(count(case when positives > 0 then 1 end) as double) / count(*) as impressions_liked
from {{ ref('fct_news_feed__impressions') }}
group by position_band, cast(date_trunc('week', impression_date) as date)
order by period_start, position_band
