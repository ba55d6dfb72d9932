-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: percentage_completion, mean over viewers of time watched in 14 days / length, at most 1 (per_viewer)
-- grain: week
-- reads: the fact of viewings
select
    cast(date_trunc('week', first_started_on) as date) as period_start,
    -- trap: by viewer, since a film seen in two sittings is not half seen twice
    avg(case
        when watched_ms >= total_duration_ms then 1
        else cast(watched_ms as double) / nullif(total_duration_ms, 0)
    end) as per_viewer
from {{ ref('fct_streaming__viewings') }}
where watched_ms >= 120000
group by cast(date_trunc('week', first_started_on) as date)
order by period_start
