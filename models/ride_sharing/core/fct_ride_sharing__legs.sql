select
    legs.event_id as leg_id,
    legs.ride_id,
    legs.leg_user_id as rider_id,
    legs.leg_pickup_timestamp as picked_up_at,
    legs.leg_dropoff_timestamp as dropped_off_at,
    ride_riders.ride_date,
    {{ seconds_between('legs.leg_pickup_timestamp', 'legs.leg_dropoff_timestamp') }} as seat_seconds,
    legs.leg_intended_detour_seconds as detour_seconds,
    ride_riders.city,
    ride_riders.platform,
    ride_riders.rider_tenure,
    ride_riders.time_of_day
from {{ recent(ref('stg_ride_sharing__carpool_leg_details'), 'event_at', linked_days()) }} as legs
inner join {{ recent(ref('fct_ride_sharing__ride_riders'), 'ride_date') }} as ride_riders
    on
        legs.ride_id = ride_riders.ride_id
        and legs.leg_user_id = ride_riders.rider_id
        and {{ happened_near('legs.event_at', 'ride_riders.ride_date') | indent(8) }}
{{ in_order_of('ride_date') }}
