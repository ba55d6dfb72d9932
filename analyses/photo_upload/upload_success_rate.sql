-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_success_rate, attempts that succeed / attempts not stopped by the user (of_attempts)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: successes / flows counts a change of mind as a failure, and a flow with three photos as three successes
    cast(count(successes.event_id) as double)
    / count(case when coalesce(failures.error_code, 'none') <> 'cancelled_by_user' then 1 end) as of_attempts
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
inner join {{ ref('stg_photo_upload__upload_attempt_started') }} as attempts
    on flows.user_id = attempts.user_id and flows.session_id = attempts.session_id
left join {{ ref('stg_photo_upload__upload_success') }} as successes
    on attempts.session_id = successes.session_id and attempts.attempt_id = successes.attempt_id
left join {{ ref('stg_photo_upload__upload_failure') }} as failures
    on attempts.session_id = failures.session_id and attempts.attempt_id = failures.attempt_id
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
