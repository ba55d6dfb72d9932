-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: lness, users active on the day / users active seven days before (value), active days of the trailing 7 /
--         users active on any (l7), users of both days / users of seven days before (returned), and the histogram
--         (l7_1 to l7_7)
-- trap: two daily counts are of two crowds: their ratio is growth and passes 1, and says nothing of how many days a
--       user comes
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; somebody is active
--       every day; where that is not so, take the days from a calendar table
-- grain: day
with

active_days as (

    select
        user_id,
        cast(event_at as date) as active_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) < 30
        or count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) > 2

),

ends as (

    select
        active_date as end_date,
        row_number() over (order by active_date) as days_of_data
    from active_days
    group by active_date

),

user_weeks as (

    select
        ends.end_date,
        active_days.user_id,
        count(case when active_days.active_date > ends.end_date - interval '7' day then 1 end) as days,
        max(case when active_days.active_date = ends.end_date then 1 else 0 end) as is_today,
        max(case when active_days.active_date = ends.end_date - interval '7' day then 1 else 0 end) as was_week_ago
    from ends
    inner join active_days
        on active_days.active_date between ends.end_date - interval '7' day and ends.end_date
    where ends.days_of_data > 7
    group by
        ends.end_date,
        active_days.user_id

)

select
    end_date as period_start,
    cast(sum(is_today) as double) / nullif(sum(was_week_ago), 0) as value,
    cast(sum(days) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7,
    cast(sum(is_today * was_week_ago) as double) / nullif(sum(was_week_ago), 0) as returned,
    cast(count(case when days = 1 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_1,
    cast(count(case when days = 2 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_2,
    cast(count(case when days = 3 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_3,
    cast(count(case when days = 4 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_4,
    cast(count(case when days = 5 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_5,
    cast(count(case when days = 6 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_6,
    cast(count(case when days = 7 then 1 end) as double) / nullif(count(case when days > 0 then 1 end), 0) as l7_7
from user_weeks
group by end_date
order by period_start
