-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: creative_tools_per_reel, distinct tools used in the flow of a published reel / reels (value) and / reels
--         with any (of_reels_with_tools), and reels with any / reels (reels_with_tools)
-- trap: a reel without a tool is a reel with 0 of them, and no null
-- note: by the tools that were used in the flow, which are those of the list where the flow is in the log
-- grain: week
with

reels as (

    select
        reel_id,
        cast(date_trunc('week', min(event_at)) as date) as period_start,
        min(user_id) as user_id,
        min(reel_session_id) as reel_session_id
    from {{ ref('stg_short_video__reel_published') }}
    group by reel_id

),

tools_of_reels as (

    select
        reels.reel_id,
        reels.period_start,
        count(distinct tools.tool_name) as tools
    from reels
    left join {{ ref('stg_short_video__reel_tool_used') }} as tools
        on
            reels.user_id = tools.user_id
            and reels.reel_session_id = tools.reel_session_id
    group by
        reels.reel_id,
        reels.period_start

)

select
    period_start,
    cast(sum(tools) as double) / nullif(count(*), 0) as value,
    cast(sum(tools) as double) / nullif(count(case when tools > 0 then 1 end), 0) as of_reels_with_tools,
    cast(count(case when tools > 0 then 1 end) as double) / nullif(count(*), 0) as reels_with_tools
from tools_of_reels
group by period_start
order by period_start
