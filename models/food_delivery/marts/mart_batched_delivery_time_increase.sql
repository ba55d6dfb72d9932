{%- set strata = order_strata() | join(', ') -%}

with

deliveries as (

    select
        *,
        order_date as day_start,
        cast({{ dbt.date_trunc('week', 'order_date') }} as date) as week_start,
        cast({{ dbt.date_trunc('month', 'order_date') }} as date) as month_start
    from {{ recent(ref('fct_food_delivery__deliveries')) }}

),
{% for grain in var('period_grains') %}
    -- What a delivery alone takes that was known to be alike, in the same period.
    deliveries_by_{{ grain }} as (

        select
            *,
            route_kind = 'batched' as is_batched,
            avg(case when route_kind = 'single' then delivery_minutes end)
                over (partition by {{ grain }}_start, {{ strata }}) as counterpart_minutes
        from deliveries

    )
    {{- ',' if not loop.last }}
{% endfor %}
{%- set batched = 'count(case when is_batched then 1 end)' %}
{%- set single = 'count(case when not is_batched then 1 end)' %}
{%- set has_counterpart = 'is_batched and counterpart_minutes is not null' %}
{%- for grain in var('period_grains') %}
    select * from (
        {{ metric_by_period(
            rows='deliveries_by_' ~ grain,
            day='order_date',
            dates=ref('dim_food_delivery__dates'),
            grains=[grain],
            statistics={
                'value': {
                    'numerator': batched ~ ' * (avg(case when is_batched then delivery_minutes end)'
                        ~ ' - avg(case when not is_batched then delivery_minutes end))',
                    'denominator': 'case when ' ~ single ~ ' > 0 then ' ~ batched ~ ' else 0 end',
                },
                'adjusted': {
                    'numerator': 'sum(case when ' ~ has_counterpart
                        ~ ' then delivery_minutes - counterpart_minutes end)',
                    'denominator': 'count(case when ' ~ has_counterpart ~ ' then 1 end)',
                },
                'overlap': {
                    'numerator': 'count(case when ' ~ has_counterpart ~ ' then 1 end)',
                    'denominator': batched,
                },
            },
            requires=[ref('fct_food_delivery__deliveries') ~ " where route_kind = 'batched'"],
        ) | trim | indent(8) }}
    ) as increases_by_{{ grain }}
    {{ 'union all' if not loop.last }}
{%- endfor %}
