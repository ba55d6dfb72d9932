-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_active_users, distinct riders of a carpool in the trailing 1 (dau), 7 (wau) and 28 (mau) days
-- trap: 28 days reach back 27; a day without carpools is a zero, and a window that starts before the data is unknown
-- note: a carpool is of the day on which its last rider gets off; every day has some ride, shared or not: where that
--       is not so, take the days from a calendar table
-- grain: day
with

days as (

    select
        ride_date,
        row_number() over (order by ride_date) as days_of_data
    from (
        select distinct cast(event_at as date) as ride_date
        from {{ ref('stg_ride_sharing__ride_completion') }}
    ) as ride_dates

),

active_days as (

    select distinct
        user_id,
        cast(max(event_at) over (partition by ride_id) as date) as active_date
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'

)

select
    days.ride_date as period_start,
    count(distinct case when active_days.active_date = days.ride_date then active_days.user_id end) as dau,
    case
        when days.days_of_data >= 7
            then count(distinct case
                when active_days.active_date >= days.ride_date - interval '6' day then active_days.user_id
            end)
    end as wau,
    case when days.days_of_data >= 28 then count(distinct active_days.user_id) end as mau
from days
left join active_days
    on active_days.active_date between days.ride_date - interval '27' day and days.ride_date
group by
    days.ride_date,
    days.days_of_data
order by period_start
