-- The facts of a ride repeat on the event of each of its riders; where they differ, the fact of rides
-- has to choose, and its choice would be arbitrary.
select
    ride_id,
    count(*) as riders
from {{ get_where_subquery(ref('fct_ride_sharing__ride_riders')) }}
group by ride_id
having
    min(ride_type) <> max(ride_type)
    or min(driver_id) <> max(driver_id)
    or min(city) <> max(city)
    or min(ride_distance_km) <> max(ride_distance_km)
    or min(ride_duration_seconds) <> max(ride_duration_seconds)
    or min(ride_rider_count) <> max(ride_rider_count)
