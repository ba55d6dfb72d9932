-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_items_viewed, items as clients count them / sessions with an end (value), impressions / sessions
--         (impressions), and impressions in view / sessions (in_view)
-- grain: day
with shown as (
    select
        impressions.user_id,
        impressions.session_id,
        count(*) as items,
        count(seen.event_id) as items_in_view
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    left join {{ ref('stg_news_feed__item_seen_long_enough_to_evaluate') }} as seen
        on impressions.impression_id = seen.impression_id and impressions.user_id = seen.user_id
    group by impressions.user_id, impressions.session_id
)

select
    cast(starts.event_at as date) as period_start,
    -- trap: a client counts what it has loaded, whether or not anybody saw it
    sum(ends.items_viewed_count) / cast(nullif(count(ends.event_id), 0) as double) as value,
    coalesce(sum(shown.items), 0) / cast(count(*) as double) as impressions,
    coalesce(sum(shown.items_in_view), 0) / cast(count(*) as double) as in_view
from {{ ref('stg_news_feed__feed_session_start') }} as starts
left join {{ ref('stg_news_feed__feed_session_end') }} as ends
    on starts.user_id = ends.user_id and starts.session_id = ends.session_id
left join shown on starts.user_id = shown.user_id and starts.session_id = shown.session_id
group by cast(starts.event_at as date)
order by period_start
