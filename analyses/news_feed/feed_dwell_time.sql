-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_dwell_time, seconds on items above the threshold / these (value), on items in view / these
--         (all_in_view), and items above the threshold / items in view (share_over_threshold)
-- grain: day
with dwells as (
    select
        user_id,
        impression_id,
        max(dwell_time_ms) as dwell_ms
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type = 'dwell_time_gt_threshold'
    group by user_id, impression_id
)

select
    cast(shown.event_at as date) as period_start,
    -- trap: above the threshold there is nothing short, so the mean never falls below it
    sum(dwells.dwell_ms) / cast(1000 as double) / nullif(count(dwells.dwell_ms), 0) as value,
    sum(seen.duration_on_screen_ms) / cast(1000 as double) / nullif(count(seen.event_id), 0) as all_in_view,
    cast(count(dwells.dwell_ms) as double) / nullif(count(seen.event_id), 0) as share_over_threshold
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join {{ ref('stg_news_feed__item_seen_long_enough_to_evaluate') }} as seen
    on shown.impression_id = seen.impression_id and shown.user_id = seen.user_id
left join dwells on shown.impression_id = dwells.impression_id and shown.user_id = dwells.user_id
group by cast(shown.event_at as date)
order by period_start
