select
    declarations.event_id,
    declarations.user_id,
    declarations.event_at,
    declarations.declared_via,
    new_cities.city as new_city,
    cast(declarations.event_at as date) as declared_on,
    cast(declarations.lives_there_since as date) as lives_there_since,
    coalesce(old_cities.city, 'unknown') as old_city
from {{ recent(ref('stg_short_video__user_profile_location_update')) }} as declarations
inner join {{ ref('dim_short_video__cities') }} as new_cities
    on declarations.new_city = new_cities.city
left join {{ ref('dim_short_video__cities') }} as old_cities
    on declarations.old_city = old_cities.city
{{ in_order_of('declared_on') }}
