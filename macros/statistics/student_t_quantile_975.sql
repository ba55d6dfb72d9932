{#-
    The t that leaves 2.5 % in the upper tail of Student's t distribution: half the width of a 95 %
    interval, in standard errors. An SQL expression of `degrees_of_freedom` (a column, from 1 up, whole
    or not); null for null.

    The logarithm of its ratio to the normal quantile is a smooth function of 1 / degrees_of_freedom,
    here its Chebyshev fit of degree 13. Relative error below 1e-9, which the test holds against SciPy.
-#}

{% macro student_t_quantile_975(degrees_of_freedom) -%}
    {{ normal_quantile_975() }} * exp({{ horner('1e0 / ' ~ degrees_of_freedom, [
        -0.04541360938238, 0.3396400841087, -1.122903989496, 2.137298591686, -2.547412843937,
        1.947552318936, -0.9986346457926, 0.4367653978368, -0.1179041057666, -0.2297896203909,
        0.1520159055283, 0.7075861516213, 1.210364703323,
    ]) }} / {{ degrees_of_freedom }})
{%- endmacro %}
