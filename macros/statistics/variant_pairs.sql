{#-
    A query that puts the sufficient statistics of two variants side by side: one row per metric, each
    column of sufficient_statistics once as treatment_<column> and once as control_<column>.
-#}

{% macro variant_pairs(statistics, treatment, control, by=[]) %}
    select
        {%- for key in by %}
        {{ key }},
        {%- endfor %}
        metric
        {%- for group, variant in [('treatment', treatment), ('control', control)] %},
        coalesce(max(case when variant = {{ sql_text(variant) }} then units end), 0) as {{ group }}_units
            {%- for column in [
                'numerator_sum', 'denominator_sum', 'numerator_squares', 'denominator_squares', 'cross_product',
            ] %},
        max(case when variant = {{ sql_text(variant) }} then {{ column }} end) as {{ group }}_{{ column }}
            {%- endfor %}
        {%- endfor %}
    from {{ statistics }}
    group by {{ (by + ['metric']) | join(', ') }}
{% endmacro %}
