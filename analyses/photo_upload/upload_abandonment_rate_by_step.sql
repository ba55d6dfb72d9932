-- question: 7.1.1 Photo upload experience quality
-- goal: Users who begin an upload end with a post, and little fails on the way.
-- metric: upload_abandonment_rate by step, flows that leave at a step / flows that reach it (abandoned)
-- grain: week
-- reads: the fact of steps, which has what became of each flow there
select
    step,
    cast(date_trunc('week', flow_date) as date) as period_start,
    -- trap: choose the largest drop-off in the window before, then follow it; chosen anew, it falls back by itself
    cast(count(case when fate = 'abandoned' then 1 end) as double) / count(*) as abandoned
from {{ ref('fct_photo_upload__flow_steps') }}
where is_reached
group by step, cast(date_trunc('week', flow_date) as date)
order by period_start, step
