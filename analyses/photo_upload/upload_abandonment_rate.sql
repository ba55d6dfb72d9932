-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_abandonment_rate, flows that end with neither an upload nor an error / flows (abandoned)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: 1 - conversion calls those abandoned whom an error threw out
    cast(count(distinct flows.event_id) - count(distinct coalesce(successes.session_id, failures.session_id)) as double)
    / count(distinct flows.event_id) as abandoned
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
left join {{ ref('stg_photo_upload__upload_success') }} as successes
    on flows.user_id = successes.user_id and flows.session_id = successes.session_id
left join {{ ref('stg_photo_upload__upload_failure') }} as failures
    on
        flows.user_id = failures.user_id
        and flows.session_id = failures.session_id
        and failures.error_code <> 'cancelled_by_user'
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
