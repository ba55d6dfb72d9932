-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_failure_rate, failures / flows, flows that an error ends / flows (of_flows), and the same of flows
--         whose transfer began (of_transfers)
-- trap: the first counts failures that a retry made good, and transfers that their user stopped
-- note: an error ends a flow if nothing is uploaded after it
-- grain: week
with

attempts as (

    select
        user_id,
        session_id,
        count(*) as attempts
    from {{ ref('stg_photo_upload__upload_attempt_started') }}
    group by
        user_id,
        session_id

),

successes as (

    select
        user_id,
        session_id,
        count(*) as successes
    from {{ ref('stg_photo_upload__upload_success') }}
    group by
        user_id,
        session_id

),

failures as (

    select
        user_id,
        session_id,
        count(*) as failures,
        count(case when error_code <> 'cancelled_by_user' then 1 end) as errors
    from {{ ref('stg_photo_upload__upload_failure') }}
    group by
        user_id,
        session_id

),

flows as (

    select
        cast(date_trunc('week', flows.event_at) as date) as period_start,
        attempts.attempts is not null as is_begun,
        successes.successes is null and coalesce(failures.errors, 0) > 0 as has_failed,
        coalesce(failures.failures, 0) as failures
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    left join attempts
        on
            flows.user_id = attempts.user_id
            and flows.session_id = attempts.session_id
    left join successes
        on
            flows.user_id = successes.user_id
            and flows.session_id = successes.session_id
    left join failures
        on
            flows.user_id = failures.user_id
            and flows.session_id = failures.session_id

)

select
    period_start,
    cast(sum(failures) as double) / count(*) as value,
    cast(count(case when has_failed then 1 end) as double) / count(*) as of_flows,
    cast(count(case when has_failed and is_begun then 1 end) as double)
    / count(case when is_begun then 1 end) as of_transfers
from flows
group by period_start
order by period_start
