-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_time_spent, minutes of sessions with an end / these sessions (value), minutes of all sessions / sessions
--         (all_sessions), and / readers of the day (per_active_day)
-- trap: time per session falls when people come back more often for less long; a session that crashed has no end, and
--       lasts until its last item had been seen
-- grain: day
with

shown as (

    select
        impressions.user_id,
        impressions.session_id,
        impressions.event_at as shown_at,
        starts.event_at as started_at,
        coalesce(views.duration_on_screen_ms, 0) as on_screen_ms
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            impressions.session_id = starts.session_id
            and impressions.user_id = starts.user_id
    left join {{ ref('stg_news_feed__item_seen_long_enough_to_evaluate') }} as views
        on
            impressions.impression_id = views.impression_id
            and impressions.user_id = views.user_id

),

seen as (

    select
        user_id,
        session_id,
        max(extract(epoch from shown_at - started_at) * 1000 + on_screen_ms) as observed_ms
    from shown
    group by
        user_id,
        session_id

),

sessions as (

    select
        starts.user_id,
        cast(starts.event_at as date) as period_start,
        ends.duration_ms,
        cast(coalesce(ends.duration_ms, seen.observed_ms, 0) as bigint) as feed_ms
    from {{ ref('stg_news_feed__feed_session_start') }} as starts
    left join {{ ref('stg_news_feed__feed_session_end') }} as ends
        on
            starts.user_id = ends.user_id
            and starts.session_id = ends.session_id
    left join seen
        on
            starts.user_id = seen.user_id
            and starts.session_id = seen.session_id

)

select
    period_start,
    sum(duration_ms) / cast(60000 as double) / nullif(count(duration_ms), 0) as value,
    sum(feed_ms) / cast(60000 as double) / count(*) as all_sessions,
    sum(feed_ms) / cast(60000 as double) / count(distinct user_id) as per_active_day
from sessions
group by period_start
order by period_start
