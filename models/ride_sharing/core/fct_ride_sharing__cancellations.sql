select
    cancellations.event_id as cancellation_id,
    cancellations.request_id,
    cancellations.ride_id,
    cancellations.user_id,
    cancellations.event_at as cancelled_at,
    cancellations.received_at,
    cast(cancellations.event_at as date) as cancellation_date,
    cancellations.stage_of_cancellation as cancellation_stage,
    cancellations.reason_code,
    cancellations.ride_type,
    -- Only a carpool request says where and for whom; a standard ride that never ran does not.
    coalesce(requests.city, 'unknown') as city,
    coalesce(requests.platform, cancellations.platform) as platform,
    coalesce(requests.rider_tenure, 'unknown') as rider_tenure,
    coalesce(requests.time_of_day, 'unknown') as time_of_day
from {{ recent(ref('stg_ride_sharing__ride_cancellation'), 'event_at') }} as cancellations
left join {{ recent(ref('fct_ride_sharing__requests'), 'request_date', linked_days()) }} as requests
    on
        cancellations.request_id = requests.request_id
        and {{ happened_near('cancellations.event_at', 'requests.request_date') | indent(8) }}
where cancellations.request_id is null or requests.request_id is not null
{{ in_order_of('cancellation_date') }}
