with

offers as (

    select *
    from {{ recent(ref('stg_food_delivery__driver_batch_offer_received')) }}

),

ranked_responses as (

    select
        offers.event_id as offer_event_id,
        responses.event_at as answered_at,
        responses.response,
        row_number() over (
            partition by offers.event_id order by responses.event_at, responses.event_id
        ) as place
    from offers
    inner join {{ recent(ref('stg_food_delivery__driver_batch_offer_response')) }} as responses
        on
            offers.offer_id = responses.offer_id
            and {{ happened_near('responses.event_at', 'cast(offers.event_at as date)') | indent(12) }}

)

select
    offers.offer_id,
    offers.batch_id,
    offers.user_id as courier_id,
    offers.zone_id as zone,
    offers.event_at as offered_at,
    cast(offers.event_at as date) as offer_date,
    {{ meal_of_hour('extract(hour from offers.event_at)') }} as meal,
    {{ list_length('offers.order_ids_list') }} as orders_on_route,
    cast({{ list_length('offers.order_ids_list') }} as {{ engine_type('string') }}) as batch_size,
    {{ list_length('offers.order_ids_list') }} > 1 as is_batch,
    offers.offered_pay_usd as pay_usd,
    coalesce(offers.incentive_usd, 0) as incentive_usd,
    responses.answered_at,
    coalesce(responses.response, 'none') as response
from offers
left join ranked_responses as responses
    on
        offers.event_id = responses.offer_event_id
        and responses.place = 1
{{ in_order_of('offer_date') }}
