-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_failure_rate_by_step, failures of a step / times that it was reached, and flows with an error at it /
--         flows that reach it (flows_failing), of all steps and for each
-- trap: divided by all flows the last step always looks safest, since few get there
-- note: an attempt that was all across was processed; who stops a transfer has a failure, and no error
-- grain: week
with

flows as (

    select
        user_id,
        session_id,
        cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}

),

visits as (

    select
        user_id,
        session_id,
        'selection' as failure_step
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}
    union all
    select
        user_id,
        session_id,
        'editing' as failure_step
    from {{ ref('stg_photo_upload__upload_edit_screen_opened') }}
    union all
    select
        user_id,
        session_id,
        'transfer' as failure_step
    from {{ ref('stg_photo_upload__upload_attempt_started') }}
    union all
    select
        user_id,
        session_id,
        'processing' as failure_step
    from {{ ref('stg_photo_upload__upload_success') }}
    union all
    select
        user_id,
        session_id,
        failure_step
    from {{ ref('stg_photo_upload__upload_failure') }}
    where failure_step = 'processing'

),

visit_counts as (

    select
        user_id,
        session_id,
        failure_step,
        count(*) as visits
    from visits
    group by
        user_id,
        session_id,
        failure_step

),

failures as (

    select
        user_id,
        session_id,
        failure_step,
        count(*) as failures,
        count(case when error_code <> 'cancelled_by_user' then 1 end) as errors
    from {{ ref('stg_photo_upload__upload_failure') }}
    group by
        user_id,
        session_id,
        failure_step

),

steps as (

    select
        flows.period_start,
        visit_counts.failure_step,
        visit_counts.visits,
        coalesce(failures.failures, 0) as failures,
        coalesce(failures.errors, 0) as errors
    from flows
    inner join visit_counts
        on
            flows.user_id = visit_counts.user_id
            and flows.session_id = visit_counts.session_id
    left join failures
        on
            visit_counts.user_id = failures.user_id
            and visit_counts.session_id = failures.session_id
            and visit_counts.failure_step = failures.failure_step

)

select
    period_start,
    coalesce(failure_step, 'all') as failure_step,
    cast(sum(failures) as double) / sum(visits) as value,
    cast(count(case when errors > 0 then 1 end) as double) / count(*) as flows_failing
from steps
group by
    grouping sets (
        (period_start),
        (period_start, failure_step)
    )
order by period_start
