with

homes_before as (

    select
        stays.user_id,
        stays.city as new_city,
        stays.held_from as flagged_on,
        stays.days_of_30,
        max_by(homes.city, homes.held_from) as old_city
    from {{ ref('fct_short_video__stays') }} as stays
    inner join {{ ref('fct_short_video__homes') }} as homes
        on
            stays.user_id = homes.user_id
            and stays.held_from > homes.held_from
    where not stays.is_first
    {{ only_rebuilt('and', 'stays.held_from') }}
    group by
        stays.user_id,
        stays.city,
        stays.held_from,
        stays.days_of_30

)

select
    moves.user_id,
    moves.old_city,
    moves.new_city,
    moves.flagged_on,
    moves.days_of_30 / 30e0 as consistency_score,
    coalesce(homes.confirmed_on = moves.flagged_on, false) as is_supported,
    {{ move_kind('old_cities.country', 'new_cities.country') }} as move_kind,
    {{ gps_group('located.has_gps') }} as gps_group,
    coalesce(known_users.platform, 'unknown') as platform,
    coalesce(known_users.country, 'unknown') as country
from homes_before as moves
inner join {{ recent(ref('fct_short_video__dominant_cities'), days_before=0) }} as located
    on
        moves.user_id = located.user_id
        and moves.flagged_on = located.location_date
inner join {{ ref('dim_short_video__cities') }} as old_cities
    on moves.old_city = old_cities.city
inner join {{ ref('dim_short_video__cities') }} as new_cities
    on moves.new_city = new_cities.city
left join {{ ref('fct_short_video__homes') }} as homes
    on
        moves.user_id = homes.user_id
        and moves.flagged_on = homes.held_from
left join {{ ref('dim_short_video__users') }} as known_users
    on moves.user_id = known_users.user_id
where moves.old_city <> moves.new_city
{{ in_order_of('moves.flagged_on') }}
