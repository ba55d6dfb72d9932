with

-- Of an order of yesterday nobody knows yet whether it will be complained of.
delivered_orders as (

    select
        *,
        route_kind = 'batched' as is_batched
    from {{ ref('fct_food_delivery__orders') }}
    where
        outcome = 'delivered'
        and route_kind is not null

)

{%- set batched = 'count(case when is_batched then 1 end)' %}
{%- set statistics = {
    'value': {
        'numerator': 'sum(case when is_batched then cold_food_tickets + wrong_item_tickets else 0 end)',
        'denominator': batched,
    },
    'orders_affected': {
        'numerator': 'count(case when is_batched and cold_food_tickets + wrong_item_tickets > 0 then 1 end)',
        'denominator': batched,
    },
} %}
{%- for issue in ['cold_food', 'wrong_item'] %}
    {%- do statistics.update({
        issue: {
            'numerator': 'count(case when is_batched and ' ~ issue ~ '_tickets > 0 then 1 end)',
            'denominator': batched,
        },
        issue ~ '_of_single': {
            'numerator': 'count(case when not is_batched and ' ~ issue ~ '_tickets > 0 then 1 end)',
            'denominator': 'count(case when not is_batched then 1 end)',
        },
    }) %}
{%- endfor %}

{{ metric_by_period(
    rows='delivered_orders',
    day='order_date',
    dates=ref('dim_food_delivery__dates'),
    statistics=statistics,
    requires=[ref('fct_food_delivery__orders') ~ ' where cold_food_tickets + wrong_item_tickets > 0'],
    ripe_days=ticket_days(),
) }}
