-- question: 7.1.1 Photo upload experience quality
-- goal: Users find the editor, captions, tags and drafts, and find them worth using.
-- metric: editing_tool_adoption by platform, uploads with an edit / uploads, and uploads with a filter / uploads
--         (filters)
-- grain: week
select
    flows.platform,
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: edits / uploads counts two filters on one photo twice, and edits of flows that ended in nothing
    cast(count(distinct case when edits.event_id is not null then flows.event_id end) as double)
    / count(distinct flows.event_id) as value,
    cast(count(distinct case when edits.edit_tool_used like 'filter%' then flows.event_id end) as double)
    / count(distinct flows.event_id) as filters
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_success') }} as successes
    on flows.user_id = successes.user_id and flows.session_id = successes.session_id
left join {{ ref('stg_photo_upload__upload_edit_action') }} as edits
    on flows.user_id = edits.user_id and flows.session_id = edits.session_id
group by flows.platform, cast(date_trunc('week', flows.event_at) as date)
order by period_start, flows.platform
