-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_funnel_conversion, flows with an upload / flows (from_start)
-- grain: week
select
    cast(date_trunc('week', flows.event_at) as date) as period_start,
    -- trap: three photos of one flow are three successes, so events / events can pass 1
    cast(count(distinct case when successes.event_id is not null then flows.event_id end) as double)
    / count(distinct flows.event_id) as from_start
from {{ ref('stg_photo_upload__upload_flow_initiated') }} as flows
left join {{ ref('stg_photo_upload__upload_success') }} as successes
    on
        flows.user_id = successes.user_id
        and flows.session_id = successes.session_id
        and successes.event_at between flows.event_at and flows.event_at + interval '30' minute
group by cast(date_trunc('week', flows.event_at) as date)
order by period_start
