with

events as (

    {{ events_on_surfaces('view_on_content', [
        'view_id', 'referrer_shared_instance_id', 'view_duration_ms',
    ]) | trim | indent(4) }}

),

sendings as (

    select
        *,
        row_number() over (partition by view_id, user_id order by event_at, event_id) as sending
    from events

),

-- A view that is sent again, under another id of the event, is one view.
views as (

    select *
    from sendings
    where sending = 1

)

select
    views.view_id,
    views.user_id,
    views.content_id,
    views.shared_instance_id,
    views.event_at as viewed_at,
    views.event_date as view_date,
    views.created_date,
    views.content_type,
    views.share_platform,
    views.depth_band,
    views.view_duration_ms,
    views.is_in_window,
    views.shared_instance_id is null and views.referrer_shared_instance_id is not null as is_click,
    -- The share was seen here, so that its views are logged as well as its clicks.
    views.shared_instance_id is null and coalesce(referrers.share_platform = 'native_reshare', false) as is_native_click
from views
left join {{ recent(ref('fct_short_video__share_instances')) }} as referrers
    on
        views.referrer_shared_instance_id = referrers.shared_instance_id
        and views.content_id = referrers.content_id
        and {{ happened_near('views.event_at', 'referrers.shared_date') | indent(8) }}
{{ in_order_of('view_date') }}
