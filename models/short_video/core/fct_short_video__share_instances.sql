with

-- Root and depth are what was logged with the share: to find them afterwards takes a recursion.
shares as (

    select
        events.shared_instance_id,
        events.content_id_original as content_id,
        events.parent_shared_instance_id,
        events.share_depth,
        events.share_platform,
        events.sharing_user_comment,
        events.user_id,
        events.event_at as shared_at,
        originals.created_date,
        originals.content_type,
        row_number() over (
            partition by events.shared_instance_id
            order by events.event_at, events.event_id
        ) as sending
    from {{ recent(ref('stg_short_video__content_shared')) }} as events
    inner join {{ recent(ref('fct_short_video__originals')) }} as originals
        on
            events.content_id_original = originals.content_id
            and {{ happened_near('events.event_at', 'originals.created_date') | indent(12) }}

)

select
    shared_instance_id,
    content_id,
    parent_shared_instance_id,
    share_depth,
    {{ depth_band('share_depth') | indent(4) }} as depth_band,
    share_platform,
    sharing_user_comment is not null as has_comment,
    user_id,
    shared_at,
    cast(shared_at as date) as shared_date,
    created_date,
    content_type
from shares
-- A share that is sent again, under another id of the event, is one share.
where sending = 1
{{ in_order_of('shared_date') }}
