with

reference_cities as (

    select * from {{ ref('ride_sharing__cities') }}

),

cities_in_rides as (

    select
        city,
        max(country) as country
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by city

),

-- A city that nobody has described yet, and the member for events that cannot be placed.
cities_without_reference as (

    select
        cities_in_rides.city,
        cities_in_rides.country
    from cities_in_rides
    where
        not exists (
            select 1 from reference_cities
            where reference_cities.city = cities_in_rides.city
        )
    union all
    select
        'unknown' as city,
        'unknown' as country

)

select
    city,
    country,
    time_zone,
    min_latitude,
    max_latitude,
    min_longitude,
    max_longitude
from reference_cities
union all
select
    city,
    country,
    'UTC' as time_zone,
    cast(null as {{ engine_type('double') }}) as min_latitude,
    cast(null as {{ engine_type('double') }}) as max_latitude,
    cast(null as {{ engine_type('double') }}) as min_longitude,
    cast(null as {{ engine_type('double') }}) as max_longitude
from cities_without_reference
