-- question: 2.1.2 Significant change of a user's regular location
-- goal: Moves to another city are detected soon, and journeys are not taken for them.
-- metric: user_potential_move_flag, candidates (value) and switches of the dominant city (switches) / thousand days of
--         located users; the share of the 30 days that the new city was dominant (consistency), and candidates that
--         something corroborates on the same day / candidates (supported)
-- trap: the dominant city switches on the ninth day of a journey and back: switches are no moves; and whoever comes
--       home from where nobody was confirmed to live is no candidate
-- grain: week
-- reads: the fact of dominant cities and the dimension of homes
with

tenures as (

    select
        today.user_id,
        today.location_date,
        today.city,
        count(*) as days_of_30
    from {{ ref('fct_short_video__dominant_cities') }} as today
    inner join {{ ref('fct_short_video__dominant_cities') }} as earlier
        on
            today.user_id = earlier.user_id
            and today.city = earlier.city
            and earlier.location_date between today.location_date - interval '29' day and today.location_date
    where today.city <> 'unknown'
    group by
        today.user_id,
        today.location_date,
        today.city

),

switches as (

    select
        user_id,
        location_date,
        city,
        lag(city) over (partition by user_id order by location_date) as city_before,
        lag(location_date) over (partition by user_id order by location_date) as date_before
    from tenures

),

held as (

    select
        user_id,
        location_date,
        city,
        days_of_30,
        lag(city) over (partition by user_id order by location_date) as held_before
    from tenures
    where days_of_30 >= 20

),

stays as (

    select
        held.user_id,
        held.location_date,
        held.city,
        held.days_of_30,
        max(homes.held_from) as home_since
    from held
    inner join {{ ref('fct_short_video__homes') }} as homes
        on
            held.user_id = homes.user_id
            and held.location_date > homes.held_from
    where held.held_before <> held.city
    group by
        held.user_id,
        held.location_date,
        held.city,
        held.days_of_30

),

days_and_flags as (

    select
        location_date,
        1 as located_days,
        case
            when city <> city_before and date_before >= location_date - interval '30' day then 1 else 0
        end as switches,
        0 as flags,
        0 as days_of_30,
        0 as supported
    from switches
    union all
    select
        stays.location_date,
        0 as located_days,
        0 as switches,
        1 as flags,
        stays.days_of_30,
        case when confirmed.confirmed_on = stays.location_date then 1 else 0 end as supported
    from stays
    inner join {{ ref('fct_short_video__homes') }} as homes
        on
            stays.user_id = homes.user_id
            and stays.home_since = homes.held_from
            and stays.city <> homes.city
    left join {{ ref('fct_short_video__homes') }} as confirmed
        on
            stays.user_id = confirmed.user_id
            and stays.location_date = confirmed.held_from

)

select
    cast(date_trunc('week', location_date) as date) as period_start,
    1000 * cast(sum(flags) as double) / nullif(sum(located_days), 0) as value,
    1000 * cast(sum(switches) as double) / nullif(sum(located_days), 0) as switches,
    cast(sum(days_of_30) as double) / 30 / nullif(sum(flags), 0) as consistency,
    cast(sum(supported) as double) / nullif(sum(flags), 0) as supported
from days_and_flags
group by cast(date_trunc('week', location_date) as date)
order by period_start
