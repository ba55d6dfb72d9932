{#-
    How many more of those who use reels by the landmark are back on day 30, as they are, and among those who were as
    active before it. Descriptive: nobody assigned who uses reels.
-#}
{%- set designs = {'raw': [], 'stratified': ['strata_of_activity']} -%}

with

users as (

    select
        d30_group as variant,
        is_d30,
        case when active_days_before >= 3 then 'three days' else 'fewer' end as strata_of_activity
    from {{ ref('fct_short_video__new_users') }}
    where d30_group is not null

),
{% for design, strata in designs.items() %}
    {{ design }} as (

        {{ standardised_difference('users', 'is_d30', 'reels', 'others', strata=strata) | trim | indent(8) }}

    ),
{% endfor %}
comparisons as (

    {% for design in designs -%}
        select
            {{ sql_text(design) }} as design,
            {{ design }}.*
        from {{ design }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    design,
    cast(treated_units as bigint) as treated_units,
    cast(comparison_units as bigint) as comparison_units,
    cast(clusters as bigint) as clusters,
    strata,
    overlap,
    treated_value,
    counterfactual,
    difference,
    standard_error,
    degrees_of_freedom,
    interval_low,
    interval_high,
    p_value,
    lift,
    lift_low,
    lift_high
from comparisons
