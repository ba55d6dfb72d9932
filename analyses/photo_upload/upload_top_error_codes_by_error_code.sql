-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_top_error_codes by error_code, errors with the code / flows (per_flow)
-- grain: week
with flows as (
    select
        session_id,
        cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_photo_upload__upload_flow_initiated') }}
),

codes as (select distinct error_code from {{ ref('stg_photo_upload__upload_failure') }})

select
    codes.error_code,
    flows.period_start,
    -- trap: the share of a code among errors rises when another code is fixed; its rate over flows does not
    cast(count(failures.event_id) as double) / count(distinct flows.session_id) as per_flow
from flows
cross join codes
left join {{ ref('stg_photo_upload__upload_failure') }} as failures
    on flows.session_id = failures.session_id and codes.error_code = failures.error_code
where codes.error_code <> 'cancelled_by_user'
group by codes.error_code, flows.period_start
order by flows.period_start, codes.error_code
