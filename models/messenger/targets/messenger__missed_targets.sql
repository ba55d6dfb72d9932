-- A view of its own and the end of its line: a failing test stops whatever is built after the models
-- that it reads, and a missed target must not keep the catalog from saying so.
select
    target_id,
    metric_id,
    observed,
    operator,
    threshold,
    upper_threshold,
    window_start,
    window_end,
    severity,
    owner
from {{ ref('messenger__target_status') }}
where status = 'missed'
