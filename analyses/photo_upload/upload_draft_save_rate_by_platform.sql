-- question: 7.1.1 Photo upload experience quality
-- goal: Users find the editor, captions, tags and drafts, and find them worth using.
-- metric: upload_draft_save_rate by platform, saves / caption screens, and flows that save a draft / flows that reach
--         the caption (flows_saving)
-- grain: week
select
    flows.platform,
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    cast(count(distinct saves.event_id) as double) / count(distinct screens.event_id) as value,
    -- trap: the app saves a draft again at every change, so saves / screens counts keystrokes
    cast(count(distinct case when saves.event_id is not null then flows.event_id end) as double)
    / count(distinct flows.event_id) as flows_saving
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_caption_screen_opened') }} as screens
    on flows.user_id = screens.user_id and flows.session_id = screens.session_id
left join {{ ref('stg_photo_upload__upload_draft_saved') }} as saves
    on flows.user_id = saves.user_id and flows.session_id = saves.session_id
group by flows.platform, cast(date_trunc('week', flows.event_at) as date)
order by period_start, flows.platform
