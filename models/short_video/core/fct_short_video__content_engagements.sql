with

events as (

    {{ events_on_surfaces('engagement_on_content', ['engagement_type']) | trim | indent(4) }}

)

select
    event_id,
    user_id,
    content_id,
    shared_instance_id,
    event_at as engaged_at,
    event_date as engagement_date,
    created_date,
    content_type,
    share_platform,
    depth_band,
    engagement_type,
    is_in_window
from events
-- To see something is not to engage with it, whatever a client logs: views have an event of their own.
where engagement_type <> 'view'
{{ in_order_of('engagement_date') }}
