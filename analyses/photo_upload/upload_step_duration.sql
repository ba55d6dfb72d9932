-- question: 7.1.1 Photo upload experience quality
-- goal: The upload feels fast, and the app answers at once.
-- metric: upload_step_duration, the seconds that 90 % of the steps of the machine do not exceed (p90_machine)
-- grain: month
-- reads: the fact of steps that took time
select
    cast(date_trunc('month', flow_date) as date) as period_start,
    -- trap: a minute in the editor is pleasure and not slowness, so only the machine's own steps are judged
    min(case when 10 * place >= 9 * steps then step_seconds end) as p90_machine
from (
    select
        *,
        count(*) over (partition by date_trunc('month', flow_date)) as steps,
        row_number() over (partition by date_trunc('month', flow_date) order by step_seconds) as place
    from {{ ref('fct_photo_upload__timed_steps') }}
    where is_machine_step
) as machine_steps
group by cast(date_trunc('month', flow_date) as date)
order by period_start
