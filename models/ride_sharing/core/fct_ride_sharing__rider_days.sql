select
    rider_id,
    ride_date,
    ride_type,
    city,
    platform,
    rider_tenure,
    time_of_day,
    count(*) as completed_rides
from {{ ref('fct_ride_sharing__ride_riders') }}
group by
    rider_id,
    ride_date,
    ride_type,
    city,
    platform,
    rider_tenure,
    time_of_day
