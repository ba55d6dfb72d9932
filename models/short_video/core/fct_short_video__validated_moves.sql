{#- What somebody remembers of longer ago is no day. -#}
{%- set asked_days = 180 -%}
{%- set validated = location_days().validated -%}
{%- set slowest = 2 * validated -%}

with

moves as (

    select
        user_id,
        event_id,
        old_city,
        new_city,
        declared_on as answered_on,
        lives_there_since as stable_from
    from {{ recent(ref('fct_short_video__declared_cities'), days_before=0) }}
    where
        declared_via = 'survey'
        and {{ days_between('lives_there_since', 'declared_on') }} between 0 and {{ asked_days }}

),

detections as (

    select
        moves.event_id,
        min(changes.detected_on) as detected_on
    from moves
    inner join {{
        recent(ref('fct_short_video__location_changes'), days_before=asked_days + validated)
    }} as changes
        on
            moves.user_id = changes.user_id
            and moves.new_city = changes.new_city
            and changes.detected_on between
            cast({{ dbt.dateadd('day', -validated, 'moves.stable_from') }} as date)
            and cast({{ dbt.dateadd('day', slowest, 'moves.stable_from') }} as date)
    group by moves.event_id

)

select
    moves.event_id,
    moves.user_id,
    moves.old_city,
    moves.new_city,
    moves.stable_from,
    moves.answered_on,
    detections.detected_on,
    {{ days_between('moves.stable_from', 'detections.detected_on') }} as days_to_detect,
    {{ move_kind('old_cities.country', 'new_cities.country') }} as move_kind,
    {{ gps_group('located.has_gps') }} as gps_group
from moves
left join detections
    on moves.event_id = detections.event_id
left join {{ ref('dim_short_video__cities') }} as old_cities
    on moves.old_city = old_cities.city
left join {{ ref('dim_short_video__cities') }} as new_cities
    on moves.new_city = new_cities.city
left join {{ recent(ref('fct_short_video__dominant_cities'), days_before=0) }} as located
    on
        moves.user_id = located.user_id
        and moves.answered_on = located.location_date
{{ in_order_of('moves.answered_on') }}
