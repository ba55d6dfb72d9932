with

sendings as (

    select
        content_id_original as content_id,
        user_id,
        event_at,
        content_type,
        coalesce(platform, 'unknown') as platform,
        coalesce(country, 'unknown') as country,
        row_number() over (partition by content_id_original order by event_at, event_id) as sending
    from {{ recent(ref('stg_short_video__content_created')) }}

)

select
    content_id,
    user_id,
    event_at as created_at,
    cast(event_at as date) as created_date,
    content_type,
    platform,
    country
from sendings
-- A post that is sent again, under another id of the event, is one post.
where sending = 1
{{ in_order_of('created_date') }}
