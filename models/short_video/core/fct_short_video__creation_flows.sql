with

flows as (

    select
        user_id,
        reel_session_id,
        cast(min(event_at) as date) as flow_date,
        min(event_at) as started_at,
        min_by(entry_point, event_at) as entry_point
    from {{ recent(ref('stg_short_video__reel_creation_started')) }}
    group by
        user_id,
        reel_session_id

),

steps as (

    select
        user_id,
        reel_session_id,
        event_at,
        'tool' as step
    from {{ recent(ref('stg_short_video__reel_tool_used')) }}
    union all
    select
        user_id,
        reel_session_id,
        event_at,
        'draft' as step
    from {{ recent(ref('stg_short_video__reel_draft_saved')) }}
    union all
    select
        user_id,
        reel_session_id,
        event_at,
        'published' as step
    from {{ recent(ref('stg_short_video__reel_published')) }}

)

select
    flows.reel_session_id,
    flows.user_id,
    flows.started_at,
    flows.flow_date,
    flows.entry_point,
    known_users.platform,
    known_users.country,
    count(case when steps.step = 'tool' then 1 end) as tools_used,
    count(case when steps.step = 'draft' then 1 end) as drafts_saved,
    count(case when steps.step = 'published' then 1 end) as publications
from flows
inner join {{ ref('dim_short_video__users') }} as known_users
    on flows.user_id = known_users.user_id
left join steps
    on
        flows.user_id = steps.user_id
        and flows.reel_session_id = steps.reel_session_id
        and {{ happened_near('steps.event_at', 'flows.flow_date') | indent(8) }}
group by
    flows.reel_session_id,
    flows.user_id,
    flows.started_at,
    flows.flow_date,
    flows.entry_point,
    known_users.platform,
    known_users.country
{{ in_order_of('flows.flow_date') }}
