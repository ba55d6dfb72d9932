-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_active_users by city, distinct riders of a carpool on the day (dau)
-- grain: day
with carpools as (
    select
        city,
        user_id,
        cast(max(event_at) over (partition by ride_id) as date) as ride_date -- on which the last rider gets off
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
),

days as (
    select distinct cast(event_at as date) as ride_date from {{ ref('stg_ride_sharing__ride_completion') }}
),

cities as (select distinct city from carpools)

select
    cities.city,
    days.ride_date as period_start,
    count(distinct carpools.user_id) as dau
from days
-- trap: a city's day without carpools is a zero, and not a day that is missing
cross join cities
left join carpools on days.ride_date = carpools.ride_date and cities.city = carpools.city
group by cities.city, days.ride_date
order by period_start, cities.city
