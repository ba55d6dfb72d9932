-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_funnel_conversion by step, events / events before, flows at the step / flows (from_start), and / flows
--         at the step before (from_previous)
-- grain: week
-- reads: the fact of steps, which has the first time of each in order
select
    step,
    cast(date_trunc('week', flow_date) as date) as period_start,
    cast(sum(events) as double) / sum(events_before) as value,
    cast(count(case when is_reached then 1 end) as double) / count(*) as from_start,
    -- trap: the editor may be passed by, so captions / editor screens passes 1; the step before is the required one
    cast(count(case when is_reached then 1 end) as double)
    / count(case when is_step_before_reached then 1 end) as from_previous
from {{ ref('fct_photo_upload__flow_steps') }}
group by step, cast(date_trunc('week', flow_date) as date)
order by period_start, step
