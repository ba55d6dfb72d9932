-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_positive_interaction_rate, likes, comments and shares / impressions
-- grain: day
with likes as (
    select
        user_id,
        impression_id,
        count(*) as positives
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type in ('like', 'comment', 'share')
    group by user_id, impression_id
)

select
    cast(shown.event_at as date) as period_start,
    -- trap: what stands further down is liked less, so a feed that is read further has a lower rate
    coalesce(sum(likes.positives), 0) / cast(count(*) as double) as value
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join likes on shown.impression_id = likes.impression_id and shown.user_id = likes.user_id
group by cast(shown.event_at as date)
order by period_start
