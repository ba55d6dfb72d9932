{#- A stay begins on the day on which another city is held than was held last: gaps and islands, of which only the
    beginnings are kept, so that one more day needs no more than these and its own. -#}

with

held_cities as (

    select
        user_id,
        city,
        location_date as held_from,
        days_of_30
    from {{ recent(ref('fct_short_video__city_tenures'), days_before=0) }}
    where is_held
    {{ union_known_firsts('held_from', {
        'user_id': 'user_id', 'city': 'city', 'held_from': 'held_from', 'days_of_30': 'days_of_30',
    }) | indent(4) }}

),

in_order as (

    select
        *,
        lag(city) over (partition by user_id order by held_from) as city_before
    from held_cities

)

select
    user_id,
    city,
    held_from,
    days_of_30,
    city_before is null as is_first
from in_order
where
    city_before is null
    or city <> city_before
{{ in_order_of('held_from') }}
