{%- set integer = engine_type('integer') %}

with

starts as (

    select
        *,
        cast(event_at as date) as session_date
    from {{ recent(ref('stg_news_feed__feed_session_start')) }}

),

ends as (

    select
        starts.user_id,
        starts.session_id,
        max(events.duration_ms) as duration_ms,
        max(events.items_viewed_count) as items_counted
    from {{ recent(ref('stg_news_feed__feed_session_end')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.session_id = starts.session_id
            and {{ happened_near('events.event_at', 'starts.session_date') | indent(12) }}
    group by
        starts.user_id,
        starts.session_id

),

scrolled as (

    select
        starts.user_id,
        starts.session_id,
        max(events.scroll_depth_pixels) as scroll_depth_pixels
    from {{ recent(ref('stg_news_feed__feed_scroll')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.session_id = starts.session_id
            and {{ happened_near('events.event_at', 'starts.session_date') | indent(12) }}
    group by
        starts.user_id,
        starts.session_id

),

shown as (

    select
        user_id,
        session_id,
        started_at,
        count(*) as items_shown,
        count(case when is_in_view then 1 end) as items_in_view,
        -- As far as it was seen: the last item that was on the screen, and for how long.
        max({{ seconds_between('started_at', 'shown_at') }} * 1000 + coalesce(on_screen_ms, 0)) as observed_ms
    from {{ recent(ref('fct_news_feed__impressions')) }}
    group by
        user_id,
        session_id,
        started_at

)

select
    starts.session_id,
    starts.user_id,
    coalesce(starts.platform, 'unknown') as platform,
    coalesce(starts.country, 'unknown') as country,
    starts.experiment_id,
    coalesce(starts.variant, 'none') as variant,
    starts.event_at as started_at,
    starts.session_date,
    starts.viewport_height_pixels,
    ends.duration_ms is not null as has_end,
    ends.duration_ms,
    ends.items_counted,
    cast(coalesce(ends.duration_ms, shown.observed_ms, 0) as {{ integer }}) as feed_ms,
    scrolled.scroll_depth_pixels is not null as has_scroll,
    coalesce(scrolled.scroll_depth_pixels, 0) as scroll_depth_pixels,
    coalesce(shown.items_shown, 0) as items_shown,
    coalesce(shown.items_in_view, 0) as items_in_view
from starts
left join ends
    on
        starts.user_id = ends.user_id
        and starts.session_id = ends.session_id
left join scrolled
    on
        starts.user_id = scrolled.user_id
        and starts.session_id = scrolled.session_id
left join shown
    on
        starts.user_id = shown.user_id
        and starts.session_id = shown.session_id
        and starts.event_at = shown.started_at
{{ in_order_of('session_date') }}
