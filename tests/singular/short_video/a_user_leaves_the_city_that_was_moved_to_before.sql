-- Changes of a user hang together: each leaves the city that the one before led to, the first the first home of the
-- log; it is effective before it is detected, and not before the one before was effective.
with

changes as (

    select
        user_id,
        old_city,
        new_city,
        effective_date,
        detected_on,
        lag(new_city) over (partition by user_id order by detected_on) as city_before,
        lag(effective_date) over (partition by user_id order by detected_on) as effective_before
    from {{ ref('fct_short_video__location_changes') }}

),

first_homes as (

    select
        user_id,
        city
    from {{ ref('fct_short_video__homes') }}
    where is_first

)

select changes.*
from changes
left join first_homes
    on changes.user_id = first_homes.user_id
where
    changes.old_city <> coalesce(changes.city_before, first_homes.city)
    or coalesce(changes.city_before, first_homes.city) is null
    or changes.new_city = changes.old_city
    or changes.effective_date > changes.detected_on
    or changes.effective_date <= changes.effective_before
