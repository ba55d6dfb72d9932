select
    tickets.event_id as ticket_id,
    tickets.ride_id,
    tickets.user_id,
    tickets.event_at as created_at,
    tickets.received_at,
    cast(tickets.event_at as date) as ticket_date,
    tickets.issue_category,
    coalesce(rides.ride_type, 'none') as ride_type,
    coalesce(rides.city, 'unknown') as city,
    coalesce(rides.platform, tickets.platform) as platform,
    coalesce(rides.rider_tenure, 'unknown') as rider_tenure,
    coalesce(rides.time_of_day, 'unknown') as time_of_day
from {{ recent(ref('stg_ride_sharing__support_ticket_created'), 'event_at') }} as tickets
left join {{ recent(ref('fct_ride_sharing__rides'), 'ride_date', linked_days()) }} as rides
    on
        tickets.ride_id = rides.ride_id
        and {{ happened_near('tickets.event_at', 'rides.ride_date') | indent(8) }}
where tickets.ride_id is null or rides.ride_id is not null
{{ in_order_of('ticket_date') }}
