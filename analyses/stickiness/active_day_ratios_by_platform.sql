-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: active_day_ratios by platform, users active on any of the 7 / of the 28 days that end on the day
-- grain: day
-- reads: the user-day fact
select
    ends.active_date as period_start,
    days.platform,
    -- trap: both windows end on the same day and count it: 28 days reach back 27
    cast(count(distinct case
        when days.activity_date > ends.active_date - interval '7' day then days.user_id
    end) as double) / nullif(count(distinct days.user_id), 0) as value
from (
    select
        activity_date as active_date,
        row_number() over (order by activity_date) as days_of_data
    from {{ ref('fct_stickiness__user_days') }}
    group by activity_date
) as ends
inner join {{ ref('fct_stickiness__user_days') }} as days
    on
        ends.active_date >= days.activity_date
        and days.activity_date > ends.active_date - interval '28' day
where days.is_active and ends.days_of_data >= 28
group by ends.active_date, days.platform
order by period_start, days.platform
