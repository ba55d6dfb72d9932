-- Nothing falls between orders, routes and zones: what was delivered on routes is the same in each fact, and so are the
-- orders of windows, which are delivered, lost or still to come.
with

counts as (

    select
        'on routes' as counted,
        zone,
        count(case when outcome = 'delivered' and batch_id is not null then 1 end) as orders
    from {{ ref('fct_food_delivery__orders') }}
    group by zone
    union all
    select
        'on routes' as counted,
        zone,
        sum(orders) as orders
    from {{ ref('fct_food_delivery__routes') }}
    group by zone
    union all
    select
        'on routes' as counted,
        zone,
        count(*) as orders
    from {{ ref('fct_food_delivery__deliveries') }}
    group by zone
    union all
    select
        'in windows' as counted,
        zone,
        count(case when outcome in ('delivered', 'undelivered') then 1 end) as orders
    from {{ ref('fct_food_delivery__orders') }}
    group by zone
    union all
    select
        'in windows' as counted,
        zone,
        sum(deliveries + undelivered_orders) as orders
    from {{ ref('fct_food_delivery__zone_windows') }}
    group by zone

)

select
    counted,
    zone,
    min(orders) as fewest_orders,
    max(orders) as most_orders
from counts
group by
    counted,
    zone
having min(orders) <> max(orders)
