{#-
    A query of one row: units_exposed, and units_dropped, those of them that were seen in two variants.

    exposures  a relation with unit_id, variant, exposed_at, none of them null
    window     optional: a relation as experiment_window makes it; other exposures do not count
-#}

{% macro experiment_dropped_units(exposures, window=none) %}
    select
        count(*) as units_exposed,
        count(case when in_several_variants then 1 end) as units_dropped
    from ({{ first_exposures(within_window(exposures, 'exposed_at', window)) }}) as units
{% endmacro %}
