{%- set minutes = food_delivery_thresholds().window_minutes %}

with

order_counts as (

    select
        zone,
        window_start,
        -- A window has one version; where its orders name two, it is of none.
        case when min(algorithm_version) = max(algorithm_version) then min(algorithm_version) else 'mixed' end
            as algorithm_version,
        count(*) as orders,
        count(case when outcome = 'delivered' then 1 end) as deliveries,
        count(case when outcome = 'undelivered' then 1 end) as undelivered_orders
    from {{ recent(ref('fct_food_delivery__orders')) }}
    group by
        zone,
        window_start

),

session_windows as (

    {%- for step in range((1440 / minutes) | round(0, 'ceil') | int + 1) %}
        select
            zone,
            {{ dbt.dateadd('minute', minutes * step, window_start_of('counted_from')) | trim }} as window_start,
            counted_from,
            ended_at
        from {{ recent(ref('fct_food_delivery__courier_sessions')) }}
        where counted_from < ended_at
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

couriers as (

    select
        zone,
        window_start,
        sum({{ seconds_between(
            'greatest(counted_from, window_start)',
            'least(ended_at, ' ~ dbt.dateadd('minute', minutes, 'window_start') | trim ~ ')',
        ) }}) / 3600 as online_hours
    from session_windows
    where window_start < ended_at
    group by
        zone,
        window_start

),

windows as (

    select
        zone,
        window_start,
        algorithm_version,
        orders,
        deliveries,
        undelivered_orders,
        0e0 as online_hours
    from order_counts
    union all
    select
        zone,
        window_start,
        null as algorithm_version,
        0 as orders,
        0 as deliveries,
        0 as undelivered_orders,
        online_hours
    from couriers

)

select
    zone,
    window_start,
    cast(window_start as date) as window_date,
    {{ meal_of_hour('extract(hour from window_start)') }} as meal,
    coalesce(max(algorithm_version), 'none') as algorithm_version,
    {{ minutes }} / 60e0 as zone_hours,
    cast(sum(orders) as bigint) as orders,
    cast(sum(deliveries) as bigint) as deliveries,
    cast(sum(undelivered_orders) as bigint) as undelivered_orders,
    sum(online_hours) as online_hours
from windows
group by
    zone,
    window_start
{{ in_order_of('window_date') }}
