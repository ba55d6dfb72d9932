-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: time_to_file_open, seconds from the step before / opens, from the start of the task (from_task_start), and
--         that for files in common use (commonly_used_files)
-- grain: week
-- reads: the fact of opens, which has the start of each one's task
select
    cast(date_trunc('week', open_date) as date) as period_start,
    -- trap: from the step before, a hunt through six folders takes as long as its last click
    avg(seconds_from_previous_action) as value,
    avg(seconds_from_task_start) as from_task_start,
    -- In common use before the exposure, so that the variant cannot move a file into the set.
    avg(case when is_commonly_used_file then seconds_from_task_start end) as commonly_used_files
from {{ ref('fct_cloud_storage__file_opens') }}
where variant is not null -- of exposed users, since their exposure
group by cast(date_trunc('week', open_date) as date)
order by period_start
