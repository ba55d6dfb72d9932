-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_detection_latency by move_kind, mean days from the effective date to the detection (value)
-- grain: week
-- reads: the fact of changes
select
    move_kind,
    cast(date_trunc('week', detected_on) as date) as period_start,
    -- trap: of detected moves only; the share of all moves that is detected in time counts those that are missed
    cast(sum(days_to_detect) as double) / nullif(count(*), 0) as value
from {{ ref('fct_short_video__location_changes') }}
group by move_kind, cast(date_trunc('week', detected_on) as date)
order by period_start, move_kind
