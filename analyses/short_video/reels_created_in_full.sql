-- question: 2.1.1 Reels platform health and engagement
-- goal: Many users make reels of many kinds, and make them often.
-- metric: reels_created, distinct reels published / days of the week (value) and / users who publish (per_creator);
--         flows with a tool (flows_with_tools), a draft (flows_with_draft) and a reel (flows_published) / flows begun
-- trap: a publication that is sent again is no second reel; a week without reels has had seven days, too
-- grain: week
with

weeks as (

    select cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_short_video__user_active_session_start') }}
    group by cast(date_trunc('week', event_at) as date)

),

reels as (

    select
        cast(date_trunc('week', event_at) as date) as period_start,
        count(distinct reel_id) as reels,
        count(distinct user_id) as creators
    from {{ ref('stg_short_video__reel_published') }}
    group by cast(date_trunc('week', event_at) as date)

),

steps as (

    select
        user_id,
        reel_session_id,
        'tool' as step
    from {{ ref('stg_short_video__reel_tool_used') }}
    union all
    select
        user_id,
        reel_session_id,
        'draft' as step
    from {{ ref('stg_short_video__reel_draft_saved') }}
    union all
    select
        user_id,
        reel_session_id,
        'reel' as step
    from {{ ref('stg_short_video__reel_published') }}

),

flows as (

    select
        started.user_id,
        started.reel_session_id,
        cast(date_trunc('week', min(started.event_at)) as date) as period_start,
        max(case when steps.step = 'tool' then 1 else 0 end) as has_tool,
        max(case when steps.step = 'draft' then 1 else 0 end) as has_draft,
        max(case when steps.step = 'reel' then 1 else 0 end) as has_reel
    from {{ ref('stg_short_video__reel_creation_started') }} as started
    left join steps
        on
            started.user_id = steps.user_id
            and started.reel_session_id = steps.reel_session_id
    group by
        started.user_id,
        started.reel_session_id

),

flow_weeks as (

    select
        period_start,
        cast(sum(has_tool) as double) / nullif(count(*), 0) as flows_with_tools,
        cast(sum(has_draft) as double) / nullif(count(*), 0) as flows_with_draft,
        cast(sum(has_reel) as double) / nullif(count(*), 0) as flows_published
    from flows
    group by period_start

)

select
    weeks.period_start,
    flow_weeks.flows_with_tools,
    flow_weeks.flows_with_draft,
    flow_weeks.flows_published,
    cast(coalesce(reels.reels, 0) as double) / 7 as value,
    cast(reels.reels as double) / nullif(reels.creators, 0) as per_creator
from weeks
left join reels on weeks.period_start = reels.period_start
left join flow_weeks on weeks.period_start = flow_weeks.period_start
order by weeks.period_start
