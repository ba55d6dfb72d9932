{#-
    Degrees of freedom of a difference whose two parts have these variances (of the mean, not of a unit),
    after Welch (1947) and Satterthwaite (1946); null where both are zero. Reads treatment_units and
    control_units.
-#}

{% macro welch_degrees_of_freedom(treatment_variance, control_variance) -%}
    {%- set total = 'nullif(' ~ treatment_variance ~ ' + ' ~ control_variance ~ ', 0)' -%}
    1e0 / (
        ({{ treatment_variance }} / {{ total }}) * ({{ treatment_variance }} / {{ total }})
        / nullif(treatment_units - 1, 0)
        + ({{ control_variance }} / {{ total }}) * ({{ control_variance }} / {{ total }})
        / nullif(control_units - 1, 0)
    )
{%- endmacro %}
