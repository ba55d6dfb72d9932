-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: average_view_duration, minutes of position / stops (value), and minutes watched / views (watched)
-- grain: week
-- reads: the fact of playbacks
select
    cast(date_trunc('week', playback_date) as date) as period_start,
    -- trap: a position is no time: who seeks forward is there at once
    cast(sum(last_position_ms) as double) / 60000 / nullif(count(last_position_ms), 0) as value,
    cast(sum(case when is_view then watched_ms end) as double) / 60000
    / nullif(count(case when is_view then 1 end), 0) as watched
from {{ ref('fct_streaming__playbacks') }}
group by cast(date_trunc('week', playback_date) as date)
order by period_start
