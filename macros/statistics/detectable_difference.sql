{#-
    A query of one row per metric: detectable_difference, the smallest true difference that an experiment of
    the planned size finds in 80 % of its repetitions, by a two-sided test at 5 %. It is also the smallest
    margin that a guardrail which is as good as the control holds in 80 %.

    differences    a relation as mean_difference makes it
    planned_units  units of both variants
    by             names of the further columns of the differences

    The standard error that is observed, at the planned size, times t(97.5 %) + z(80 %). That is within 1 %
    of the exact answer of the noncentral t distribution from 20 planned units on, which the test holds
    against SciPy. Null where there is no error to go by.
-#}

{% macro detectable_difference(differences, planned_units, by=[]) %}
    select
        {{ (by + ['metric']) | join(', ') }},
        nullif(standard_error, 0) * sqrt((treatment_units + control_units) / {{ planned_units }}e0)
        * ({{ student_t_quantile_975((planned_units - 2) ~ 'e0') }} + 0.8416212335729143e0) as detectable_difference
    from {{ differences }}
{% endmacro %}
