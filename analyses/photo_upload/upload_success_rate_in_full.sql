-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_success_rate, successes / flows, and the shares of attempts (of_attempts), first attempts
--         (of_first_attempts) and flows whose transfer began (of_transfer_flows) that succeed
-- trap: the first mixes three grains: a change of mind in the gallery counts as a failure, and three photos as three
--       successes
-- note: who stopped a transfer was not failed by it; an attempt without an end is lost
-- grain: week
with

attempts as (

    select
        flows.user_id,
        flows.session_id,
        attempts.attempt_number,
        case
            when successes.event_id is not null then 'succeeded'
            when failures.error_code = 'cancelled_by_user' then 'cancelled'
            else 'failed'
        end as outcome
    from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
    inner join {{ ref('stg_photo_upload__upload_attempt_started') }} as attempts
        on
            flows.user_id = attempts.user_id
            and flows.session_id = attempts.session_id
    left join {{ ref('stg_photo_upload__upload_success') }} as successes
        on
            attempts.user_id = successes.user_id
            and attempts.session_id = successes.session_id
            and attempts.attempt_id = successes.attempt_id
    left join {{ ref('stg_photo_upload__upload_failure') }} as failures
        on
            attempts.user_id = failures.user_id
            and attempts.session_id = failures.session_id
            and attempts.attempt_id = failures.attempt_id

),

flow_attempts as (

    select
        user_id,
        session_id,
        count(case when outcome = 'succeeded' then 1 end) as successes,
        count(case when outcome <> 'cancelled' then 1 end) as judged,
        count(case when outcome = 'succeeded' and attempt_number = 1 then 1 end) as first_successes,
        count(case when outcome <> 'cancelled' and attempt_number = 1 then 1 end) as first_judged
    from attempts
    group by
        user_id,
        session_id

)

select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    cast(sum(flow_attempts.successes) as double) / count(*) as value,
    cast(sum(flow_attempts.successes) as double) / sum(flow_attempts.judged) as of_attempts,
    cast(sum(flow_attempts.first_successes) as double) / sum(flow_attempts.first_judged) as of_first_attempts,
    cast(count(case when flow_attempts.successes > 0 then 1 end) as double)
    / count(flow_attempts.session_id) as of_transfer_flows
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
left join flow_attempts
    on
        flows.user_id = flow_attempts.user_id
        and flows.session_id = flow_attempts.session_id
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
