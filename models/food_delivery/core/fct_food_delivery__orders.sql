{%- set thresholds = food_delivery_thresholds() %}
{%- set slot_seconds = 60 * thresholds.eligible_minutes %}
{%- set opened = "cast('2000-01-01' as timestamp)" %}

with

placed as (

    select
        *,
        cast(event_at as date) as order_date,
        extract(hour from event_at) as order_hour,
        {{ window_start_of('event_at') }} as window_start,
        cast(floor({{ seconds_between(opened, 'event_at') }} / {{ slot_seconds }}) as bigint) as slot
    from {{ recent(ref('stg_food_delivery__order_placed')) }}

),

neighbours as (

    {% for step in [-1, 0, 1] %}
        select
            event_id,
            order_id,
            event_at,
            zone_id,
            restaurant_latitude,
            restaurant_longitude,
            customer_latitude,
            customer_longitude,
            slot + {{ step }} as slot
        from placed
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- An order could have been batched if another was near it then, whatever the algorithm thought of them.
eligible as (

    select distinct placed.event_id
    from placed
    inner join neighbours
        on
            placed.zone_id = neighbours.zone_id
            and placed.slot = neighbours.slot
            and placed.order_id <> neighbours.order_id
    where
        abs({{ seconds_between('placed.event_at', 'neighbours.event_at') }}) <= {{ slot_seconds }}
        and {{ distance_km(
            'placed.restaurant_latitude', 'placed.restaurant_longitude',
            'neighbours.restaurant_latitude', 'neighbours.restaurant_longitude',
        ) }} <= {{ thresholds.eligible_pickup_km }}
        and {{ distance_km(
            'placed.customer_latitude', 'placed.customer_longitude',
            'neighbours.customer_latitude', 'neighbours.customer_longitude',
        ) }} <= {{ thresholds.eligible_door_km }}

),

{% for name, event in {
    'pickups': 'driver_pickup_complete',
    'handovers': 'driver_delivery_complete',
    'arrivals': 'order_delivered',
    'ratings': 'customer_rating_order',
}.items() -%}
    {{ name }} as (

        select *
        from (
            select
                events.*,
                placed.event_id as placed_event_id,
                row_number() over (partition by placed.event_id order by events.event_at, events.event_id) as place
            from placed
            inner join {{ recent(ref('stg_food_delivery__' ~ event)) }} as events
                on
                    placed.order_id = events.order_id
                    and {{ happened_near('events.event_at', 'placed.order_date') | indent(20) }}
        ) as ranked_{{ name }}
        where place = 1

    ),

{% endfor -%}
-- Two tickets of one issue are one order with it.
tickets as (

    select
        placed.event_id as placed_event_id,
        count(case when tickets.issue_type = 'cold_food' then 1 end) as cold_food_tickets,
        count(case when tickets.issue_type = 'wrong_item' then 1 end) as wrong_item_tickets,
        count(case when tickets.issue_type = 'late_delivery' then 1 end) as late_delivery_tickets,
        sum(tickets.refund_amount_usd) as refund_usd
    from placed
    inner join {{ recent(ref('stg_food_delivery__customer_support_ticket')) }} as tickets
        on
            placed.order_id = tickets.order_id
            and {{ happened_near('tickets.event_at', 'placed.order_date') | indent(12) }}
    where
        tickets.event_at
        < {{ dbt.dateadd('day', ticket_days() + 1, 'cast(placed.order_date as timestamp)') | trim }}
    group by placed.event_id

),

known_until as (

    select max(received_at) as known_until
    from placed

),

orders as (

    select
        placed.*,
        {{ distance_km(
            'placed.restaurant_latitude', 'placed.restaurant_longitude',
            'placed.customer_latitude', 'placed.customer_longitude',
        ) }} as solo_km,
        eligible.event_id is not null as is_eligible,
        pickups.event_at as picked_up_at,
        pickups.approach_km,
        handovers.batch_id,
        handovers.user_id as courier_id,
        handovers.event_at as handed_over_at,
        handovers.distance_driven_km_for_order,
        handovers.route_driven_km,
        handovers.tips_usd,
        coalesce(arrivals.actual_delivery_time_ts, handovers.event_at) as delivered_at,
        arrivals.last_promised_time_ts,
        ratings.overall_rating,
        ratings.food_quality_rating,
        coalesce(tickets.cold_food_tickets, 0) as cold_food_tickets,
        coalesce(tickets.wrong_item_tickets, 0) as wrong_item_tickets,
        coalesce(tickets.late_delivery_tickets, 0) as late_delivery_tickets,
        coalesce(tickets.refund_usd, 0) as refund_usd,
        -- Who shares its trip is known when it is delivered, not when it is placed.
        case
            when handovers.batch_id is not null
                then count(*) over (partition by handovers.batch_id, handovers.user_id)
        end as orders_on_route
    from placed
    left join eligible
        on placed.event_id = eligible.event_id
    left join pickups
        on placed.event_id = pickups.placed_event_id
    left join handovers
        on placed.event_id = handovers.placed_event_id
    left join arrivals
        on placed.event_id = arrivals.placed_event_id
    left join ratings
        on placed.event_id = ratings.placed_event_id
    left join tickets
        on placed.event_id = tickets.placed_event_id

)

select
    order_id,
    user_id,
    restaurant_id,
    zone_id as zone,
    event_at as placed_at,
    order_date,
    window_start,
    {{ meal_of_hour('order_hour') }} as meal,
    {{ meal_of_hour('extract(hour from window_start)') }} as window_meal,
    algorithm_version,
    zone_id || ' ' || cast(order_date as {{ engine_type('string') }}) as zone_day,
    solo_km,
    case when solo_km < 1.5 then 'near' when solo_km < 3 then 'middle' else 'far' end as distance_band,
    estimated_preparation_minutes,
    case when estimated_preparation_minutes < 15 then 'fast' else 'slow' end as preparation_band,
    is_eligible,
    is_batched_order as was_to_be_batched,
    order_value_usd,
    platform_fee_usd,
    estimated_delivery_time_ts as promised_at,
    last_promised_time_ts as last_promised_at,
    case
        when delivered_at is not null then 'delivered'
        when
            {{ seconds_between('event_at', '(select known_until from known_until)') }} < 86400
            then 'pending'
        else 'undelivered'
    end as outcome,
    picked_up_at,
    handed_over_at,
    delivered_at,
    {{ seconds_between('event_at', 'delivered_at') }} / 60 as delivery_minutes,
    {{ seconds_between('estimated_delivery_time_ts', 'delivered_at') }} / 60 as minutes_late,
    {{ seconds_between('last_promised_time_ts', 'delivered_at') }} / 60 as minutes_after_last_promise,
    batch_id,
    courier_id,
    cast(orders_on_route as bigint) as orders_on_route,
    cast(orders_on_route as {{ engine_type('string') }}) as batch_size,
    case when orders_on_route > 1 then 'batched' when orders_on_route = 1 then 'single' end as route_kind,
    approach_km,
    distance_driven_km_for_order,
    route_driven_km,
    tips_usd,
    overall_rating,
    food_quality_rating,
    cold_food_tickets,
    wrong_item_tickets,
    late_delivery_tickets,
    refund_usd
from orders
{{ in_order_of('order_date') }}
