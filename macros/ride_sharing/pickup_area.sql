{#-
    The area of about a square kilometre that a point lies in, as text such as 30.36,-97.76, the middle of a cell of
    0.01 by 0.01 degrees; null for null. A cell is 1.11 km high, and narrower towards the poles.

    Rounded by hand: of a half the engines' round() disagree.
-#}

{% macro pickup_area(latitude, longitude) -%}
    {{ hundredths_of_degrees(latitude) }} || ',' || {{ hundredths_of_degrees(longitude) }}
{%- endmacro %}


{% macro hundredths_of_degrees(degrees) -%}
    cast(cast(floor({{ degrees }} * 100e0 + 0.5e0) / 100e0 as decimal(5, 2)) as {{ engine_type('string') }})
{%- endmacro %}
