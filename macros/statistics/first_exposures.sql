{#-
    A query of one row per exposed unit: unit_id, variant, exposed_at, the segments, in_several_variants.

    exposures  a relation with unit_id, variant, exposed_at, none of them null, and the segments
    segments   names of its columns to keep, as they were at the first exposure
-#}

{% macro first_exposures(exposures, segments=[]) %}
    select
        unit_id,
        variant,
        exposed_at,
        {%- for segment in segments %}
        {{ segment }},
        {%- endfor %}
        in_several_variants
    from (
        select
            *,
            row_number() over (partition by unit_id order by exposed_at, variant) as exposure_number,
            min(variant) over (partition by unit_id)
            <> max(variant) over (partition by unit_id) as in_several_variants
        from {{ exposures }}
    ) as numbered
    where exposure_number = 1
{% endmacro %}
