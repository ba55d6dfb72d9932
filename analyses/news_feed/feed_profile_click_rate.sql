-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_profile_click_rate, clicks on profiles / impressions (value), of items in view / these (in_view), and
--         impressions with a click / impressions (impressions_clicked)
-- grain: week
with clicks as (
    select
        user_id,
        impression_id,
        count(*) as clicks
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type = 'profile_click_from_item'
    group by user_id, impression_id
)

select
    cast(date_trunc('week', shown.event_at) as date) as period_start,
    coalesce(sum(clicks.clicks), 0) / cast(count(*) as double) as value,
    -- trap: what was scrolled past at once could not be judged
    coalesce(sum(case when seen.event_id is not null then clicks.clicks end), 0)
    / cast(nullif(count(seen.event_id), 0) as double) as in_view,
    cast(count(clicks.clicks) as double) / count(*) as impressions_clicked
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join {{ ref('stg_news_feed__item_seen_long_enough_to_evaluate') }} as seen
    on shown.impression_id = seen.impression_id and shown.user_id = seen.user_id
left join clicks on shown.impression_id = clicks.impression_id and shown.user_id = clicks.user_id
group by cast(date_trunc('week', shown.event_at) as date)
order by period_start
