{#-
    A query of one row per metric whose 95 % interval and p-value hold at every look, so that one may
    stop at any: metric, difference, interval_low, interval_high, p_value.

    differences    a relation as mean_difference makes it
    planned_units  units of both variants at which the interval is to be tightest; fixed beforehand
    by             names of the further columns of the differences

    The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform
    central limit theory and asymptotic confidence sequences" (2024), after Robbins' normal mixture: with
    n units and k = n * rho^2, the half width is error * sqrt((k + 1) / k * ln((k + 1) / 0.05^2)). Looks
    differ by the units that have joined since, each with a value that is settled.
-#}

{% macro always_valid_difference(differences, planned_units, by=[]) %}
    {%- set keys = (by + ['metric', 'difference']) | join(', ') %}
    with mixtures as (

        select
            {{ keys }},
            standard_error,
            (treatment_units + control_units) / {{ planned_units }}e0
            * (-2 * ln(0.05e0) + ln(1 - 2 * ln(0.05e0))) as k
        from {{ differences }}

    ),

    half_widths as (

        select
            *,
            standard_error * sqrt((k + 1) / nullif(k, 0) * ln((k + 1) / 0.0025e0)) as half_width,
            sqrt(k + 1) * exp(
                -difference * difference / nullif(standard_error * standard_error, 0) / 2 * k / (k + 1)
            ) as p_value
        from mixtures

    )

    select
        {{ keys }},
        case when standard_error > 0 then difference - half_width end as interval_low,
        case when standard_error > 0 then difference + half_width end as interval_high,
        case when p_value > 1 then 1 else p_value end as p_value
    from half_widths
{% endmacro %}
