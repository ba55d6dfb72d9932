-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users find files in less time and with fewer steps than without it.
-- metric: time_to_file_open by variant, seconds from the start of the task / opens of files in common use
--         (commonly_used_files)
-- grain: week
-- reads: the fact of opens, which has the start of each one's task
select
    variant,
    cast(date_trunc('week', open_date) as date) as period_start,
    -- trap: Quick Access suggests the easy files, so by how a file was opened it always wins; only variants compare
    avg(case when is_commonly_used_file then seconds_from_task_start end) as commonly_used_files
from {{ ref('fct_cloud_storage__file_opens') }}
where variant is not null -- of exposed users, since their exposure
group by variant, cast(date_trunc('week', open_date) as date)
order by period_start, variant
