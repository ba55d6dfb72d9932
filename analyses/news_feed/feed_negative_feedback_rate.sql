-- question: 6.1.1 News feed optimisation
-- goal: A better ranking annoys no reader, starves no creator, and spreads no harm.
-- metric: feed_negative_feedback_rate, hides, reports and unfollows / impressions (value), impressions with any /
--         impressions (impressions_rejected), and readers with any / readers (users_rejecting)
-- grain: day
with rejections as (
    select
        user_id,
        impression_id,
        count(*) as interactions
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type in ('hide', 'report', 'unfollow_source_from_item')
    group by user_id, impression_id
)

select
    cast(shown.event_at as date) as period_start,
    coalesce(sum(rejections.interactions), 0) / cast(count(*) as double) as value,
    -- trap: who hides and reports an item rejects one item, and who rejects everything is one reader
    cast(count(rejections.interactions) as double) / count(*) as impressions_rejected,
    cast(count(distinct rejections.user_id) as double) / count(distinct shown.user_id) as users_rejecting
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join rejections on shown.impression_id = rejections.impression_id and shown.user_id = rejections.user_id
group by cast(shown.event_at as date)
order by period_start
