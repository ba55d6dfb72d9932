with

-- A reel whose publication is sent again, under another id of the event, is one reel.
published as (

    select
        reel_id,
        min_by(user_id, event_at) as user_id,
        min_by(reel_session_id, event_at) as reel_session_id,
        min(event_at) as published_at,
        min_by(creation_time_ms, event_at) as creation_time_ms,
        min_by(coalesce({{ list_length('tools_used_list') }}, 0), event_at) as tools_listed,
        min_by(content_length_sec, event_at) as content_length_sec
    from {{ recent(ref('stg_short_video__reel_published')) }}
    group by reel_id

)

select
    published.reel_id,
    published.user_id,
    published.reel_session_id,
    published.published_at,
    cast(published.published_at as date) as published_date,
    known_users.platform,
    known_users.country,
    published.creation_time_ms,
    published.tools_listed,
    published.content_length_sec
from published
inner join {{ ref('dim_short_video__users') }} as known_users
    on published.user_id = known_users.user_id
{{ in_order_of('published_date') }}
