-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_type_mix by variant, mean share of the largest type of each reader (user_largest), mean sum of
--         squared shares (user_concentration), and the
--         largest type / impressions (value)
-- grain: week
-- reads: the fact of weeks of readers
select
    variant,
    week_start as period_start,
    -- trap: a balanced pool may be of readers who see one type each
    sum(cast(largest_type_impressions as double) / impressions) / count(*) as user_largest,
    sum(type_concentration) / count(*) as user_concentration,
    cast(
        greatest(sum(photo_impressions), sum(video_impressions), sum(text_impressions), sum(link_impressions)) as double
    ) / sum(impressions) as value
from {{ ref('fct_news_feed__user_weeks') }}
group by variant, week_start
order by period_start, variant
