-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_significant_location_change, confirmed changes / thousand days of located users
-- grain: week
-- reads: the facts of tenures and of changes
with days as (
    select
        cast(date_trunc('week', location_date) as date) as period_start,
        cast(count(*) as double) as located_days
    from {{ ref('fct_short_video__city_tenures') }}
    group by cast(date_trunc('week', location_date) as date)
),

changes as (
    -- trap: by the day of detection, which is weeks after that of the move
    select
        cast(date_trunc('week', detected_on) as date) as period_start,
        count(*) as changes
    from {{ ref('fct_short_video__location_changes') }}
    group by cast(date_trunc('week', detected_on) as date)
)

select
    days.period_start,
    1000 * coalesce(changes.changes, 0) / days.located_days as value
from days
left join changes on days.period_start = changes.period_start
order by days.period_start
