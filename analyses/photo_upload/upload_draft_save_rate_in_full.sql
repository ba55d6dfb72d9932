-- question: 7.1.1 Photo upload experience quality
-- goal: Users find the editor, captions, tags and drafts, and find them worth using.
-- metric: upload_draft_save_rate, saves / caption screens, flows that save a draft / flows that reach the caption
--         (flows_saving), and drafts continued within 7 days / drafts (came_back)
-- trap: the app saves a draft again at every change, and a draft of yesterday has not had seven days to come back
-- grain: week
with

screens as (

    select
        user_id,
        session_id,
        count(*) as screens
    from {{ ref('stg_photo_upload__upload_caption_screen_opened') }}
    group by
        user_id,
        session_id

),

saves as (

    select
        user_id,
        session_id,
        min(draft_id) as draft_id,
        count(*) as saves
    from {{ ref('stg_photo_upload__upload_draft_saved') }}
    group by
        user_id,
        session_id

),

known_until as (

    select cast(max(received_at) as date) as last_day
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}

),

flows as (

    select
        cast(date_trunc('week', flows.event_at) as date) as period_start,
        flows.event_at,
        saves.draft_id,
        coalesce(screens.screens, 0) as screens,
        coalesce(saves.saves, 0) as saves,
        min(comebacks.event_at) as returned_at
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    left join screens
        on
            flows.user_id = screens.user_id
            and flows.session_id = screens.session_id
    left join saves
        on
            flows.user_id = saves.user_id
            and flows.session_id = saves.session_id
    left join {{ ref('stg_photo_upload__upload_flow_initiated') }} as comebacks
        on
            flows.user_id = comebacks.user_id
            and saves.draft_id = comebacks.draft_id
            and flows.event_at < comebacks.event_at
    group by
        cast(date_trunc('week', flows.event_at) as date),
        flows.event_at,
        flows.event_id,
        saves.draft_id,
        screens.screens,
        saves.saves

)

select
    flows.period_start,
    cast(sum(flows.saves) as double) / sum(flows.screens) as value,
    cast(count(case when flows.saves > 0 then 1 end) as double)
    / count(case when flows.screens > 0 then 1 end) as flows_saving,
    cast(count(case when flows.returned_at < flows.event_at + interval '7' day then flows.draft_id end) as double)
    / nullif(count(
        case when cast(flows.event_at as date) + interval '7' day < known_until.last_day then flows.draft_id end
    ), 0) as came_back
from flows
cross join known_until
group by flows.period_start
order by flows.period_start
