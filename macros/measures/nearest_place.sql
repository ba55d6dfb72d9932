{#-
    A query of one row per point: its columns, and place and distance_km of the nearest of some places within a radius;
    both null where none is as near, or the point has no coordinates. Of two as near the one with the smaller name.

    points     a relation with the columns `key` (which tell its rows apart), latitude and longitude in degrees
    places     a small relation with latitude and longitude, and `place`, its name
    key        names of columns
    radius_km  the greatest distance

    Only places in a band of latitude as wide as the radius are measured: a degree is 111.19 km.
-#}

{% macro nearest_place(points, places, key, place, radius_km) %}
    {%- set keys = key | join(', ') %}
    with measured as (

        select
            {%- for column in key %}
            points.{{ column }},
            {%- endfor %}
            places.{{ place }} as place,
            {{ distance_km('points.latitude', 'points.longitude', 'places.latitude', 'places.longitude') }} as distance_km
        from {{ points }} as points
        inner join {{ places }} as places
            on places.latitude between points.latitude - {{ radius_km }} / 111e0 and points.latitude + {{ radius_km }} / 111e0

    ),

    ranked as (

        select
            measured.*,
            row_number() over (partition by {{ keys }} order by distance_km, place) as nearness
        from measured
        where distance_km <= {{ radius_km }}

    )

    select
        points.*,
        ranked.place,
        ranked.distance_km
    from {{ points }} as points
    left join ranked
        on
            ranked.nearness = 1
            {%- for column in key %}
            and points.{{ column }} = ranked.{{ column }}
            {%- endfor %}
{% endmacro %}
