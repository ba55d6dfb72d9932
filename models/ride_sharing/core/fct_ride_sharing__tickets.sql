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
from {{ ref('stg_ride_sharing__support_ticket_created') }} as tickets
left join {{ ref('fct_ride_sharing__rides') }} as rides
    on tickets.ride_id = rides.ride_id
where tickets.ride_id is null or rides.ride_id is not null
