{#-
    How batched deliveries differ from those alone, three ways: as they are; among those alike in zone, meal, distance,
    preparation and version, weighted by the batched; and by a regression on the same. Errors are clustered by zone and
    day. It has the columns of a readout, so that a target can read it as one.
-#}
{%- set metrics = {
    'delivery_minutes': 'delivery_minutes',
    'cold_food': 'case when has_cold_food then 1e0 else 0e0 end',
    'delivery_cost': 'cost_usd',
} -%}
{%- set days = batching_experiment().planned_days -%}
{%- set designs = {'raw': [], 'adjusted': order_strata()} -%}

with

last_days as (

    select
        {{ last_ripe_day() | trim | indent(8) }} as last_day,
        min(order_date) as first_day
    from {{ ref('fct_food_delivery__deliveries') }}

),

judged_window as (

    select
        greatest(first_day, cast({{ dbt.dateadd('day', 1 - days, 'last_day') | trim }} as date)) as started_on,
        last_day as observed_until,
        first_day <= cast({{ dbt.dateadd('day', 1 - days, 'last_day') | trim }} as date) as is_final
    from last_days

),

deliveries as (

    select
        deliveries.*,
        deliveries.route_kind as variant
    from {{ ref('fct_food_delivery__deliveries') }} as deliveries
    inner join judged_window
        on deliveries.order_date between judged_window.started_on and judged_window.observed_until

),

outcomes as (

    {% for name, outcome in metrics.items() -%}
        select
            {{ sql_text(name) }} as metric,
            {{ outcome }} as outcome,
            variant,
            zone_day,
            {{ order_strata() | join(',\n            ') }}
        from deliveries
        {{ 'union all' if not loop.last }}
    {% endfor %}

),
{% for design, strata in designs.items() %}
    {{ design }} as (

        {{ standardised_difference(
            'outcomes', 'outcome', 'batched', 'single', strata=strata, cluster='zone_day', by=['metric'],
        ) | trim | indent(8) }}

    ),
{% endfor %}
regression as (

    {{ regression_on_strata(
        'outcomes', 'outcome', 'batched', 'single', order_strata(), 'zone_day', by=['metric'],
    ) | trim | indent(4) }}

),

effects as (

    select
        adjusted.*,
        raw.difference as raw_difference,
        raw.interval_low as raw_difference_low,
        raw.interval_high as raw_difference_high,
        raw.lift as raw_lift,
        regression.difference as regression_difference,
        regression.interval_low as regression_difference_low,
        regression.interval_high as regression_difference_high,
        raw.treated_units - adjusted.treated_units as without_counterpart
    from adjusted
    inner join raw
        on adjusted.metric = raw.metric
    inner join regression
        on adjusted.metric = regression.metric

),

tested_effects as (

    {{ holm_adjusted('effects', [
        'metric', 'treated_units', 'comparison_units', 'clusters', 'strata', 'overlap', 'treated_value',
        'counterfactual', 'difference', 'interval_low', 'interval_high', 'lift', 'lift_low', 'lift_high',
        'without_counterpart', 'raw_difference', 'raw_difference_low', 'raw_difference_high', 'raw_lift',
        'regression_difference', 'regression_difference_low', 'regression_difference_high',
    ]) | trim | indent(4) }}

),

variants as (

    select 'batched' as variant
    union all
    select 'counterfactual' as variant

)

select
    tested_effects.metric,
    variants.variant,
    judged_window.started_on,
    judged_window.observed_until,
    {{ days_between('judged_window.started_on', 'judged_window.observed_until') }} + 1 as days_observed,
    judged_window.is_final,
    cast(tested_effects.treated_units as bigint) as treated_units,
    cast(tested_effects.comparison_units as bigint) as comparison_units,
    cast(tested_effects.clusters as bigint) as clusters,
    tested_effects.strata,
    tested_effects.overlap,
    cast(tested_effects.without_counterpart as bigint) as without_counterpart,
    case
        when variants.variant = 'batched' then tested_effects.treated_value
        else tested_effects.counterfactual
    end as estimate,
    tested_effects.difference,
    tested_effects.interval_low as difference_low,
    tested_effects.interval_high as difference_high,
    tested_effects.lift,
    tested_effects.lift_low,
    tested_effects.lift_high,
    tested_effects.p_value,
    tested_effects.adjusted_p_value,
    coalesce(tested_effects.difference < 0 and tested_effects.adjusted_p_value < 0.05e0, false)
        as is_better_beyond_chance,
    tested_effects.raw_difference,
    tested_effects.raw_difference_low,
    tested_effects.raw_difference_high,
    tested_effects.raw_lift,
    tested_effects.regression_difference,
    tested_effects.regression_difference_low,
    tested_effects.regression_difference_high
from tested_effects
cross join variants
cross join judged_window
