-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_potential_move_flag, candidates / thousand days of located users
-- grain: week
-- reads: the facts of tenures and of potential moves
with days as (
    select
        cast(date_trunc('week', location_date) as date) as period_start,
        cast(count(*) as double) as located_days
    from {{ ref('fct_short_video__city_tenures') }}
    group by cast(date_trunc('week', location_date) as date)
),

flags as (
    -- trap: a day on which another city is dominant than the day before is no candidate
    select
        cast(date_trunc('week', flagged_on) as date) as period_start,
        count(*) as flags
    from {{ ref('fct_short_video__potential_moves') }}
    group by cast(date_trunc('week', flagged_on) as date)
)

select
    days.period_start,
    1000 * coalesce(flags.flags, 0) / days.located_days as value
from days
left join flags on days.period_start = flags.period_start
order by days.period_start
