-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_funnel_conversion, uploads / attempts, and flows with an upload / flows (from_start)
-- grain: week
-- reads: the fact of flows, which has the first time of each step in order
select
    cast(date_trunc('week', flow_date) as date) as period_start,
    -- trap: three photos of one flow are three uploads, so events / events of the step before can pass 1
    cast(sum(uploaded_events) as double) / sum(transfer_started_events) as value,
    cast(count(reached_uploaded) as double) / count(*) as from_start,
    cast(count(reached_uploaded) as double) / count(reached_transfer_started) as from_previous
from {{ ref('fct_photo_upload__flows') }}
group by cast(date_trunc('week', flow_date) as date)
order by period_start
