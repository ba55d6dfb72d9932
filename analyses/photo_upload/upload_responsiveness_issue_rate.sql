-- question: 7.1.1 Photo upload experience quality
-- goal: The upload feels fast, and the app answers at once.
-- metric: upload_responsiveness_issue_rate, issues / flows, and flows with any / flows (flows_affected)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    cast(count(issues.event_id) as double) / count(distinct flows.event_id) as value,
    -- trap: one flow that drops frames all the time logs burst after burst, and is one flow
    cast(count(distinct case when issues.event_id is not null then flows.event_id end) as double)
    / count(distinct flows.event_id) as flows_affected
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
left join {{ ref('stg_photo_upload__app_responsiveness_issue') }} as issues
    on
        flows.user_id = issues.user_id
        and flows.session_id = issues.session_id
        and issues.during_flow = 'upload'
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
