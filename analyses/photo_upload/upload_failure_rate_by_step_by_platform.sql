-- question: 7.1.1 Photo upload experience quality
-- goal: Failures are few, and their causes are known.
-- metric: upload_failure_rate_by_step by platform, failures / times that a step was reached, over all four steps
-- grain: week
-- reads: the facts of flows and attempts
select
    platform,
    cast(date_trunc('week', flow_date) as date) as period_start,
    -- trap: failures / flows forgets that an attempt is made again, and that few get to the last step
    cast(sum(failures) as double) / sum(visits) as value
from (
    select
        platform,
        flow_date,
        failed_events + cancelled_events as failures,
        1 + edit_opened_events + transfer_started_events as visits
    from {{ ref('fct_photo_upload__flows') }}
    union all
    select
        platform,
        flow_date,
        0 as failures,
        1 as visits
    from {{ ref('fct_photo_upload__attempts') }}
    where outcome = 'succeeded' or failure_step = 'processing'
) as visits_and_failures
group by platform, cast(date_trunc('week', flow_date) as date)
order by period_start, platform
