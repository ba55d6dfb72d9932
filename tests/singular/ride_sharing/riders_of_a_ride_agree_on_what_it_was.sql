-- The facts of a ride repeat on the event of each of its riders; where they differ, the fact of rides
-- has to choose, and its choice would be arbitrary.
select
    ride_id,
    count(*) as riders
from {{ get_where_subquery(ref('fct_ride_sharing__ride_riders')) }}
group by ride_id
having
    count(distinct ride_type) > 1
    or count(distinct driver_id) > 1
    or count(distinct city) > 1
    or count(distinct ride_distance_km) > 1
    or count(distinct ride_duration_seconds) > 1
    or count(distinct ride_rider_count) > 1
