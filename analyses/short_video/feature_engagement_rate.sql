-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_engagement_rate, likes, comments and shares / views (value)
-- grain: week
-- reads: the fact of users, days and features
select
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: over all features the mix is in it: one that is viewed much and liked little lowers it
    cast(sum(engagements) as double) / nullif(sum(views), 0) as value
from {{ ref('fct_short_video__user_feature_days') }}
group by cast(date_trunc('week', activity_date) as date)
order by period_start
