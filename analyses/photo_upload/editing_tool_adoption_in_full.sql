-- question: 7.1.1 Photo upload experience quality
-- goal: Users find the editor, captions, tags and drafts, and find them worth using.
-- metric: editing_tool_adoption, uploads with an edit / uploads, the same for each tool (filters, crops, brightness),
--         flows with an edit / flows that open the editor (of_editors), and users with an edited upload / users with
--         an upload (users)
-- trap: of uploads only, a tool that crashes looks as if nobody wanted it; of_editors keeps those who were lost
-- grain: week
with

uploads as (

    select distinct
        user_id,
        session_id
    from {{ ref('stg_photo_upload__upload_success') }}

),

editors as (

    select distinct
        user_id,
        session_id
    from {{ ref('stg_photo_upload__upload_edit_screen_opened') }}

),

edits as (

    select
        user_id,
        session_id,
        max(case when edit_tool_used like 'filter%' then 1 else 0 end) as has_filter,
        max(case when edit_tool_used = 'crop' then 1 else 0 end) as has_crop,
        max(case when edit_tool_used = 'brightness' then 1 else 0 end) as has_brightness
    from {{ ref('stg_photo_upload__upload_edit_action') }}
    group by
        user_id,
        session_id

),

flows as (

    select
        flows.user_id,
        cast(date_trunc('week', flows.event_at) as date) as period_start,
        uploads.session_id is not null as is_uploaded,
        editors.session_id is not null as has_opened_editor,
        edits.session_id is not null as has_edit,
        coalesce(edits.has_filter, 0) as has_filter,
        coalesce(edits.has_crop, 0) as has_crop,
        coalesce(edits.has_brightness, 0) as has_brightness
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    left join uploads
        on
            flows.user_id = uploads.user_id
            and flows.session_id = uploads.session_id
    left join editors
        on
            flows.user_id = editors.user_id
            and flows.session_id = editors.session_id
    left join edits
        on
            flows.user_id = edits.user_id
            and flows.session_id = edits.session_id

)

select
    period_start,
    cast(count(case when is_uploaded and has_edit then 1 end) as double)
    / count(case when is_uploaded then 1 end) as value,
    cast(sum(case when is_uploaded then has_filter end) as double)
    / count(case when is_uploaded then 1 end) as filters,
    cast(sum(case when is_uploaded then has_crop end) as double) / count(case when is_uploaded then 1 end) as crops,
    cast(sum(case when is_uploaded then has_brightness end) as double)
    / count(case when is_uploaded then 1 end) as brightness,
    cast(count(case when has_opened_editor and has_edit then 1 end) as double)
    / count(case when has_opened_editor then 1 end) as of_editors,
    cast(count(distinct case when is_uploaded and has_edit then user_id end) as double)
    / count(distinct case when is_uploaded then user_id end) as users
from flows
group by period_start
order by period_start
