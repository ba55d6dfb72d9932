{#-
    A bound of the exact 95 % interval of a Poisson count's mean, as an SQL expression; null for null.

    count  a column: events that were counted, from 0 up
    bound  low or high

    Garwood, "Fiducial limits for the Poisson distribution" (1936): the quantile at 2.5 % of a gamma
    distribution of shape `count` (0 where nothing was counted), and that at 97.5 % of one of shape
    `count` + 1. It holds the mean in at least 95 % of all counts, in more where few are expected.

    With a the shape and u = 1 / sqrt(a), ln(quantile / a) / u is a smooth function of u on (0, 1]: the
    Chebyshev interpolant of degree 14 stands here as a polynomial of 2 u - 1. Relative error below 1e-11
    for counts up to 1e9, which the test holds against SciPy.
-#}

{% macro poisson_bound(count, bound) -%}
    {%- set shape = '(' ~ count ~ (' + 1e0)' if bound == 'high' else ' * 1e0)') -%}
    {%- set coefficients = {
        'low': [
            9.533296785472582e-07, -1.3828102964907885e-07, -1.2887375487480322e-05, -6.01847911336032e-06,
            8.788362210694346e-05, 0.00011696059353501671, -0.00036165706503877475, -0.001063982392639673,
            0.0004375797216066512, 0.006661879354251591, 0.00932502804187887, -0.033109251631274095,
            -0.22710215564090658, -0.8307410858650047, -2.600480365882889,
        ],
        'high': [
            -1.7732660732387254e-08, 3.7937388697173445e-08, 1.1103817693462285e-07,
            -1.3328538746767055e-07, -1.175803414040407e-06, 2.951900033091685e-06, -9.969301366948472e-07,
            -4.2982060785827045e-06, 4.3285464377377605e-05, -0.00044571599885192544,
            0.0027188447212155723, -0.01286223241276359, 0.06042039507969283, -0.3140112317220195,
            1.5694629169139622,
        ],
    }[bound] -%}
    case
        {%- if bound == 'low' %}
        when {{ count }} = 0 then 0e0
        {%- endif %}
        when {{ count }} >= 0
            then {{ shape }} * exp({{ horner('2 / sqrt(' ~ shape ~ ') - 1', coefficients) }} / sqrt({{ shape }}))
    end
{%- endmacro %}
