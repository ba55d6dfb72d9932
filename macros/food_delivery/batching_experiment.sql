{#-
    The switchback of the batching algorithm as it was planned, before anybody looked: which version a zone has changes
    by chance from window to window, and what decides. Your own log may name it otherwise: var batching_experiment
    replaces single entries; for example {shares: {old: 1, new: 1}, control: old, planned_days: 28}
-#}

{% macro batching_experiment() %}
    {%- set experiment = {
        'id': 'order_batching_v2',
        'unit': 'zone windows',
        'control': 'v1',
        'shares': {'v1': 1, 'v2': 1},
        'segments': ['zone', 'meal'],
        'planned_days': 56,
        'planned_units': 700,
        'metrics': {
            'cost_per_delivery': {
                'label': 'cost per delivery',
                'role': 'primary',
                'kind': 'ratio',
                'numerator': 'cost_usd',
                'denominator': 'delivered',
                'good_direction': 'down',
            },
            'courier_earnings_per_hour': {
                'label': 'earnings of couriers per active hour',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'earnings_usd',
                'denominator': 'active_hours',
                'good_direction': 'up',
            },
            'batching_rate': {
                'label': 'deliveries in batches',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'batched',
                'denominator': 'delivered',
                'good_direction': 'up',
            },
            'cold_food': {
                'label': 'deliveries with cold food',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'cold_food',
                'denominator': 'delivered',
                'good_direction': 'down',
            },
            'undelivered': {
                'label': 'orders that are never delivered',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'undelivered',
                'denominator': 'orders',
                'good_direction': 'down',
            },
            'delivery_minutes': {
                'label': 'minutes until an order is delivered',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'delivery_minutes',
                'denominator': 'delivered',
                'good_direction': 'down',
                'margin': 0.1,
            },
            'customer_fee': {
                'label': 'fee of an order',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'fee_usd',
                'denominator': 'orders',
                'good_direction': 'down',
                'margin': 0.1,
            },
        },
    } -%}
    {%- do experiment.update(var('batching_experiment', {})) -%}
    {%- do refuse(experiment_problems(experiment, 'batching_experiment')) -%}
    {{- return(experiment) -}}
{% endmacro %}


{#- The exposures of its zone windows, as the CTE exposures; which version a window has, its orders say. -#}
{% macro batching_exposures() %}
{%- set thresholds = food_delivery_thresholds() %}
assignments as (

    select distinct
        zone as zone_id,
        window_start,
        algorithm_version as variant,
        zone,
        window_meal as meal
    from {{ ref('fct_food_delivery__orders') }}

),

exposures as (

    {{ switchback_exposures(
        'assignments', thresholds.window_minutes, thresholds.washout_minutes, segments=['zone', 'meal'],
    ) | trim | indent(4) }}

)
{% endmacro %}


{#- The planned window of these exposures, as the CTE planned_window: its days are over when their tickets are in. -#}
{% macro batching_planned_window() %}
planned_window as (

    {{ experiment_window('exposures', batching_experiment(), last_ripe_day()) | trim | indent(4) }}

)
{% endmacro %}


{#- The last complete day whose tickets have had their two days to come in. -#}
{% macro last_ripe_day() -%}
    (
        select cast({{ dbt.dateadd('day', -ticket_days(), 'max(date_day)') | trim }} as date)
        from {{ ref('dim_food_delivery__dates') }}
        where is_complete_day
    )
{%- endmacro %}


{#- Days after its own in which an order is complained of or rated. -#}
{% macro ticket_days() %}
    {{- return(2) -}}
{% endmacro %}
