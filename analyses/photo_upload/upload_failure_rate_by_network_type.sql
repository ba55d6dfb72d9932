-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_failure_rate by network_type, flows that an error ends after their transfer began / flows whose
--         transfer began (of_transfers)
-- grain: week
select
    flows.network_type,
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: failures / flows counts a photo that arrives at its third attempt as two failures
    cast(count(distinct case when successes.event_id is null then failures.session_id end) as double)
    / count(distinct attempts.session_id) as of_transfers
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_attempt_started') }} as attempts
    on flows.user_id = attempts.user_id and flows.session_id = attempts.session_id
left join {{ ref('stg_photo_upload__upload_success') }} as successes
    on flows.user_id = successes.user_id and flows.session_id = successes.session_id
left join {{ ref('stg_photo_upload__upload_failure') }} as failures
    on
        flows.user_id = failures.user_id
        and flows.session_id = failures.session_id
        and failures.error_code <> 'cancelled_by_user'
group by flows.network_type, cast(date_trunc('week', flows.event_at) as date)
order by period_start, flows.network_type
