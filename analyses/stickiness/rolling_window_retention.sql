-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: Who stays, who leaves, who comes back and who changes habits is known.
-- metric: rolling_window_retention, users active in a week and in the week before / users of the week before
-- grain: week
-- reads: the user-day fact
with user_weeks as (
    select distinct
        user_id,
        cast(date_trunc('week', activity_date) as date) as active_week
    from {{ ref('fct_stickiness__user_days') }}
    where is_active
)

select
    cast(earlier.active_week + interval '7' day as date) as period_start,
    -- trap: the two weeks share no day, or everybody would be kept who came once
    cast(count(later.user_id) as double) / count(*) as value
from user_weeks as earlier
left join user_weeks as later
    on
        earlier.user_id = later.user_id
        and later.active_week = earlier.active_week + interval '7' day
where
    earlier.active_week + interval '7' day
    <= (select max(days.activity_date) from {{ ref('fct_stickiness__user_days') }} as days)
group by earlier.active_week
order by period_start
