with

routes as (

    select
        *,
        pay_usd + incentive_usd + tips_usd as earnings_usd
    from {{ recent(ref('fct_food_delivery__routes')) }}

),

-- Time online is of no kind of route: between two routes a courier waits for either.
routes_and_sessions as (

    select
        route_date as activity_date,
        zone,
        'any' as route_kind,
        earnings_usd,
        0e0 as online_hours
    from routes
    union all
    select
        session_date as activity_date,
        zone,
        'any' as route_kind,
        0e0 as earnings_usd,
        online_hours
    from {{ recent(ref('fct_food_delivery__courier_sessions')) }}

)

{%- set requires = [ref('fct_food_delivery__routes'), ref('fct_food_delivery__courier_sessions')] %}

select * from (
    {{ metric_by_period(
        rows='routes_and_sessions',
        day='activity_date',
        dates=ref('dim_food_delivery__dates'),
        statistics={
            'value': {
                'numerator': 'sum(earnings_usd)',
                'denominator': 'sum(online_hours)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as while_online
union all
select * from (
    {{ metric_by_period(
        rows='routes',
        day='route_date',
        dates=ref('dim_food_delivery__dates'),
        statistics={
            'active': {
                'numerator': 'sum(earnings_usd)',
                'denominator': 'sum(active_hours)',
            },
            'by_order_time': {
                'numerator': 'sum(earnings_usd)',
                'denominator': 'sum(order_hours)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as on_routes
