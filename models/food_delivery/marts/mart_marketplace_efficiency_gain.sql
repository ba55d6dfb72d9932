{%- set factor = food_delivery_thresholds().street_factor -%}

with

-- What single trips would have taken is their distance as the crow flies, by as much longer as streets are.
routes as (

    select
        *,
        route_kind = 'batched' as is_batched,
        {{ factor }} * solo_km as unbatched_km,
        route_km - approach_km as carrying_km
    from {{ recent(ref('fct_food_delivery__routes')) }}

)

{%- set batched_orders = 'sum(case when is_batched then orders else 0 end)' %}
{%- set has_prediction = 'is_batched and predicted_gain_km is not null' %}

{{ metric_by_period(
    rows='routes',
    day='route_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(case when is_batched then unbatched_km - order_km end)',
            'denominator': batched_orders,
        },
        'realised': {
            'numerator': 'sum(case when is_batched then unbatched_km - carrying_km end)',
            'denominator': batched_orders,
        },
        'predicted': {
            'numerator': 'sum(case when ' ~ has_prediction ~ ' then predicted_gain_km end)',
            'denominator': 'sum(case when ' ~ has_prediction ~ ' then orders else 0 end)',
        },
        'realised_of_predicted': {
            'numerator': 'sum(case when ' ~ has_prediction ~ ' then unbatched_km - carrying_km end)',
            'denominator': 'sum(case when ' ~ has_prediction ~ ' then predicted_gain_km else 0 end)',
        },
        'single_trips': {
            'numerator': 'sum(case when not is_batched then carrying_km end)',
            'denominator': 'sum(case when not is_batched then unbatched_km else 0 end)',
        },
    },
    requires=[ref('fct_food_delivery__routes') ~ " where route_kind = 'batched'"],
) }}
