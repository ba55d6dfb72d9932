-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reel_engagement_rate by view_source, engagements / views (value)
-- grain: week
-- reads: the fact of views
select
    view_source,
    cast(date_trunc('week', view_date) as date) as period_start,
    -- trap: a mean of the rates of reels gives one with two views the weight of one with two million
    cast(sum(views_represented * engagements) as double) / nullif(sum(views_represented), 0) as value
from {{ ref('fct_short_video__plays') }}
group by view_source, cast(date_trunc('week', view_date) as date)
order by period_start, view_source
