-- question: 7.1.1 Photo upload experience quality
-- goal: Users find the editor, captions, tags and drafts, and find them worth using.
-- metric: metadata_feature_adoption by platform, uploads with a caption / uploads, and with people (user_tags) and
--         places (location_tags)
-- grain: week
select
    flows.platform,
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: tags / uploads counts four friends on one photo four times, and captions that nobody will read
    cast(count(distinct case when added.metadata_type = 'caption' then flows.event_id end) as double)
    / count(distinct flows.event_id) as value,
    cast(count(distinct case when added.metadata_type = 'user_tag' then flows.event_id end) as double)
    / count(distinct flows.event_id) as user_tags,
    cast(count(distinct case when added.metadata_type = 'location_tag' then flows.event_id end) as double)
    / count(distinct flows.event_id) as location_tags,
    cast(count(distinct case when added.metadata_type = 'caption' then flows.user_id end) as double)
    / count(distinct flows.user_id) as users
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_success') }} as successes
    on flows.user_id = successes.user_id and flows.session_id = successes.session_id
left join {{ ref('stg_photo_upload__upload_metadata_added') }} as added
    on flows.user_id = added.user_id and flows.session_id = added.session_id
group by flows.platform, cast(date_trunc('week', flows.event_at) as date)
order by period_start, flows.platform
