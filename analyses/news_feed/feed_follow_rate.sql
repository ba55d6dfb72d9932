-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_follow_rate, times that somebody follows a source / impressions of sources that are not followed
-- grain: week
with follows as (
    select
        cast(date_trunc('week', event_at) as date) as period_start,
        count(*) as follows
    from {{ ref('stg_news_feed__user_follow_action') }}
    where action = 'follow'
    group by cast(date_trunc('week', event_at) as date)
)

select
    cast(date_trunc('week', shown.event_at) as date) as period_start,
    -- trap: who finds a source by a search owes nothing to the feed; from_feed asks for an impression before
    coalesce(max(follows.follows), 0) / cast(count(*) as double) as value
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
left join follows on cast(date_trunc('week', shown.event_at) as date) = follows.period_start
where not shown.is_source_followed
group by cast(date_trunc('week', shown.event_at) as date)
order by period_start
