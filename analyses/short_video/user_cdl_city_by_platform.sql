-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_cdl_city by platform, active users of the day with a dominant city / active users of the day (coverage)
-- grain: day
-- reads: the facts of user-days and of dominant cities
select
    active.platform,
    active.activity_date as period_start,
    -- trap: against activity; of those with a row all have one
    cast(count(located.user_id) as double) / nullif(count(*), 0) as coverage
from {{ ref('fct_short_video__user_days') }} as active
left join {{ ref('fct_short_video__dominant_cities') }} as located
    on
        active.user_id = located.user_id
        and active.activity_date = located.location_date
where active.is_platform_active
group by active.platform, active.activity_date
order by period_start, active.platform
