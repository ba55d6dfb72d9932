-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: creative_tools_per_reel by platform, tools in the lists of published reels / reels (value)
-- grain: week
-- reads: the fact of reels, which has how long each list is
select
    platform,
    cast(date_trunc('week', published_date) as date) as period_start,
    -- trap: a reel without a tool is a reel with 0 of them, and no null
    cast(sum(tools_listed) as double) / nullif(count(*), 0) as value
from {{ ref('fct_short_video__reels') }}
group by platform, cast(date_trunc('week', published_date) as date)
order by period_start, platform
