{#-
    By time in the feed relative to each user's own before; the week before adoption is what the others are held
    against. A user who is compared with adopters of two weeks is there twice, and one cluster.
-#}
with

panel as (

    select
        *,
        country || ' ' || cast(adoption_week as {{ engine_type('string') }}) as cohort,
        user_id || ' ' || cast(adoption_week as {{ engine_type('string') }}) as unit_id
    from {{ ref('fct_short_video__adoption_weeks') }}

),

study as (

    {{ event_study(
        'panel', 'relative_feed', 'event_week', 'adopter', 'not yet', strata=['cohort'], cluster='user_id',
    ) | trim | indent(4) }}

)

select
    event_week,
    phase,
    cast(treated_units as bigint) as treated_units,
    cast(comparison_units as bigint) as comparison_units,
    clusters,
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
    lift_high,
    adjusted_p_value
from study
