-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_top_error_codes, errors / flows, of all codes (per_flow)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: who stops a transfer logs a failure, and has met no error
    cast(count(failures.event_id) as double) / count(distinct flows.event_id) as per_flow
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
left join {{ ref('stg_photo_upload__upload_failure') }} as failures
    on
        flows.user_id = failures.user_id
        and flows.session_id = failures.session_id
        and failures.error_code <> 'cancelled_by_user'
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
