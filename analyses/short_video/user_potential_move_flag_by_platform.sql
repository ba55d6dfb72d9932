-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_potential_move_flag by platform, candidates / thousand days of located users
-- grain: week
-- reads: the facts of tenures and of potential moves, the dimension of users
with days as (
    select
        location_date as activity_date,
        user_id,
        0 as flags,
        1 as located_days
    from {{ ref('fct_short_video__city_tenures') }}
    union all
    -- trap: a day on which another city is dominant than the day before is no candidate
    select
        flagged_on,
        user_id,
        1 as flags,
        0 as located_days
    from {{ ref('fct_short_video__potential_moves') }}
)

select
    users.platform,
    cast(date_trunc('week', days.activity_date) as date) as period_start,
    1000 * cast(sum(days.flags) as double) / nullif(sum(days.located_days), 0) as value
from days
inner join {{ ref('dim_short_video__users') }} as users on days.user_id = users.user_id
group by users.platform, cast(date_trunc('week', days.activity_date) as date)
order by period_start, users.platform
