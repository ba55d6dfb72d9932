{#-
    The distance over the ground between two points in kilometres, as an SQL expression; null for null. The haversine
    formula on a sphere of 6,371.0088 km (the mean radius of IUGG), which is within 0.6 % of the ellipsoid. Relative
    error below 1e-9 of the sphere's distance from a metre up, except for points on opposite sides of the globe (1e-6).

    Arguments: columns in degrees, north and east positive.
-#}

{% macro distance_km(from_latitude, from_longitude, to_latitude, to_longitude) -%}
    (12742.0176e0 * asin(least(1e0, sqrt(
        power(sin(radians({{ to_latitude }} - {{ from_latitude }}) / 2), 2)
        + cos(radians({{ from_latitude }})) * cos(radians({{ to_latitude }}))
        * power(sin(radians({{ to_longitude }} - {{ from_longitude }}) / 2), 2)
    ))))
{%- endmacro %}
