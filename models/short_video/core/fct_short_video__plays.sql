with

views as (

    select
        view_id,
        user_id,
        reel_id,
        session_id,
        event_at as viewed_at,
        cast(event_at as date) as view_date,
        view_source,
        content_length_sec,
        views_represented
    from {{ recent(ref('stg_short_video__reel_view_impression')) }}
    -- Who is not logged in is no user yet: what such a visitor saw, the signups tell.
    where session_id is not null

),

progress as (

    select
        views.view_id,
        views.user_id,
        cast(sum(events.watch_time_ms) as {{ engine_type('double') }}) as watch_ms,
        max(events.percentage_watched) as furthest_percentage,
        count(case when events.percentage_watched >= 100 then 1 end) as completions
    from {{ recent(ref('stg_short_video__reel_view_progress')) }} as events
    inner join views
        on
            events.view_id = views.view_id
            and events.user_id = views.user_id
            and {{ happened_near('events.event_at', 'views.view_date') | indent(12) }}
    group by
        views.view_id,
        views.user_id

),

interactions as (

    select
        views.view_id,
        views.user_id,
        count(case when events.interaction_type <> 'unlike' then 1 end) as engagements,
        count(case when events.interaction_type = 'unlike' then 1 end) as unlikes
    from {{ recent(ref('stg_short_video__reel_interaction')) }} as events
    inner join views
        on
            events.view_id = views.view_id
            and events.user_id = views.user_id
            and {{ happened_near('events.event_at', 'views.view_date') | indent(12) }}
    group by
        views.view_id,
        views.user_id

)

select
    views.view_id,
    views.user_id,
    views.reel_id,
    views.session_id,
    views.viewed_at,
    views.view_date,
    known_users.platform,
    known_users.country,
    views.view_source,
    views.views_represented,
    views.user_id || ' ' || views.reel_id as viewer_and_reel,
    case
        when views.content_length_sec < 10 then 'under 10 seconds'
        when views.content_length_sec < 20 then '10 to 19 seconds'
        when views.content_length_sec >= 20 then '20 seconds and more'
        else 'unknown'
    end as length_band,
    coalesce(progress.watch_ms, 0) as watch_ms,
    coalesce(progress.furthest_percentage, 0) as furthest_percentage,
    coalesce(progress.completions, 0) as completions,
    coalesce(interactions.engagements, 0) as engagements,
    coalesce(interactions.unlikes, 0) as unlikes
from views
inner join {{ ref('dim_short_video__users') }} as known_users
    on views.user_id = known_users.user_id
left join progress
    on
        views.view_id = progress.view_id
        and views.user_id = progress.user_id
left join interactions
    on
        views.view_id = interactions.view_id
        and views.user_id = interactions.user_id
{{ in_order_of('views.view_date') }}
