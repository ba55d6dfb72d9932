-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: lness, users of the day / users of seven days before (value), and active days of 7 / users active on any
--         (l7)
-- grain: day
-- reads: the user-day fact
with ends as (
    select
        activity_date as last_date,
        row_number() over (order by activity_date) as days_of_data
    from {{ ref('fct_stickiness__user_days') }}
    group by activity_date
)

select
    ends.last_date as period_start,
    -- trap: value compares two crowds, and passes 1 when a network grows; l7 is of a user
    cast(count(case when days.activity_date = ends.last_date then 1 end) as double)
    / nullif(count(case when days.activity_date = ends.last_date - interval '7' day then 1 end), 0) as value,
    cast(count(case when days.activity_date > ends.last_date - interval '7' day then 1 end) as double)
    / nullif(count(distinct case when days.activity_date > ends.last_date - interval '7' day then days.user_id end), 0)
        as l7
from ends
inner join {{ ref('fct_stickiness__user_days') }} as days
    on days.activity_date between ends.last_date - interval '7' day and ends.last_date
where days.is_active and ends.days_of_data > 7
group by ends.last_date
order by period_start
