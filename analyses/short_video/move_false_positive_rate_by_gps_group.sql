-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: move_false_positive_rate by gps_group, changes that are taken back or were journeys / changes whose 60 days
--         are over (value)
-- grain: week
-- reads: the fact of outcomes and the dates
select
    gps_group,
    cast(date_trunc('week', detected_on) as date) as period_start,
    -- trap: what was detected yesterday cannot have been taken back
    cast(count(case when is_false then 1 end) as double) / nullif(count(*), 0) as value
from {{ ref('fct_short_video__change_outcomes') }}
where
    judged_on <= (
        select max(dates.date_day)
        from {{ ref('dim_short_video__dates') }} as dates
        where dates.is_complete_day
    )
group by gps_group, cast(date_trunc('week', detected_on) as date)
order by period_start, gps_group
