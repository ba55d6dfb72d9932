-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_active_users, distinct riders of a carpool on the day (dau) and in the trailing 28 days (mau)
-- grain: day
with rides as (
    select
        user_id,
        ride_type,
        cast(max(event_at) over (partition by ride_id) as date) as ride_date -- on which the last rider gets off
    from {{ ref('stg_ride_sharing__ride_completion') }}
),

days as (
    select
        ride_date,
        row_number() over (order by ride_date) as days_of_data
    from rides -- of every type, for a day without carpools is a zero
    group by ride_date
)

select
    days.ride_date as period_start,
    count(distinct case when days.ride_date = rides.ride_date then rides.user_id end) as dau,
    -- trap: 28 days reach back 27, and a window that starts before the data is unknown
    case when days.days_of_data >= 28 then count(distinct rides.user_id) end as mau
from days
left join rides
    on rides.ride_type = 'carpool' and rides.ride_date between days.ride_date - interval '27' day and days.ride_date
group by days.ride_date, days.days_of_data
