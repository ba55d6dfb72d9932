with

orders as (

    select *
    from {{ recent(ref('fct_food_delivery__orders')) }}
    where batch_id is not null

),

trips as (

    select
        batch_id,
        courier_id,
        min(zone) as zone,
        min(meal) as meal,
        min(algorithm_version) as algorithm_version,
        min(order_date) as route_date,
        min(picked_up_at) as first_picked_up_at,
        max(handed_over_at) as last_handed_over_at,
        count(*) as orders,
        sum(solo_km) as solo_km,
        sum(distance_driven_km_for_order) as order_km,
        max(route_driven_km) as route_km,
        sum(coalesce(approach_km, 0)) as approach_km,
        sum(coalesce(tips_usd, 0)) as tips_usd,
        sum(refund_usd) as refund_usd,
        sum({{ seconds_between('picked_up_at', 'handed_over_at') }}) / 3600 as order_hours
    from orders
    group by
        batch_id,
        courier_id

),

accepted_offers as (

    select
        *,
        row_number() over (partition by batch_id, courier_id order by answered_at, offer_id) as place
    from {{ recent(ref('fct_food_delivery__offers')) }}
    where response = 'accepted'

),

predictions as (

    select
        batch_id,
        cast(event_at as date) as created_date,
        predicted_efficiency_gain_km,
        row_number() over (partition by batch_id order by event_at, event_id) as place
    from {{ recent(ref('stg_food_delivery__batch_creation_details')) }}

)

select
    trips.batch_id,
    trips.courier_id,
    trips.zone,
    trips.meal,
    trips.algorithm_version,
    trips.route_date,
    case when trips.orders > 1 then 'batched' else 'single' end as route_kind,
    cast(trips.orders as {{ engine_type('string') }}) as batch_size,
    offers.answered_at as accepted_at,
    trips.first_picked_up_at,
    trips.last_handed_over_at,
    trips.orders,
    trips.solo_km,
    trips.order_km,
    trips.route_km,
    trips.approach_km,
    predictions.predicted_efficiency_gain_km as predicted_gain_km,
    coalesce(offers.pay_usd, 0) as pay_usd,
    coalesce(offers.incentive_usd, 0) as incentive_usd,
    trips.tips_usd,
    trips.refund_usd,
    trips.order_hours,
    {{ seconds_between('trips.first_picked_up_at', 'trips.last_handed_over_at') }} / 60 as carrying_minutes,
    -- From the acceptance on: who waits at a restaurant works. The hours of a batch are there once.
    {{ seconds_between(
        'coalesce(offers.answered_at, trips.first_picked_up_at)', 'trips.last_handed_over_at'
    ) }} / 3600 as active_hours
from trips
left join accepted_offers as offers
    on
        trips.batch_id = offers.batch_id
        and trips.courier_id = offers.courier_id
        and offers.place = 1
        and {{ happened_near('offers.offered_at', 'trips.route_date') | indent(8) }}
left join predictions
    on
        trips.batch_id = predictions.batch_id
        and predictions.place = 1
        and {{ happened_near('predictions.created_date', 'trips.route_date') | indent(8) }}
{{ in_order_of('route_date') }}
