-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_discovery_rate, impressions of sources neither followed then nor touched in the 28 days before /
--         impressions from the 29th day on (value), of topics not touched (new_topic), and discoveries with a like,
--         comment or share / discoveries (discoveries_liked)
-- trap: by whom readers follow today, each discovery that was followed is none any more; in the first four weeks of a
--       log nothing was touched before
-- grain: week
with

shown as (

    select
        impressions.*,
        starts.event_at as started_at,
        coalesce(starts.variant, 'none') as variant
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            impressions.session_id = starts.session_id
            and impressions.user_id = starts.user_id

),

touches as (

    select
        shown.user_id,
        shown.source_id,
        shown.topic_id,
        interactions.event_at as touched_at
    from {{ ref('stg_news_feed__item_interaction_in_feed') }} as interactions
    inner join shown
        on
            interactions.impression_id = shown.impression_id
            and interactions.user_id = shown.user_id
    where
        interactions.interaction_type in (
            'like', 'comment', 'share', 'click', 'profile_click_from_item', 'expand_item'
        )

),

likes as (

    select distinct
        impression_id,
        user_id
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    where interaction_type in ('like', 'comment', 'share')

),

known_from as (

    select cast(min(event_at) as date) + interval '28' day as known_at
    from {{ ref('stg_news_feed__feed_session_start') }}

),

of_topic as (

    select
        shown.impression_id,
        shown.user_id,
        max(case when touches.user_id is not null then 1 else 0 end) as topic_touched
    from shown
    left join touches
        on
            shown.user_id = touches.user_id
            and shown.topic_id = touches.topic_id
            and shown.event_at > touches.touched_at
            and touches.touched_at >= shown.event_at - interval '28' day
    group by
        shown.impression_id,
        shown.user_id

),

of_source as (

    select
        shown.impression_id,
        shown.user_id,
        max(case when touches.user_id is not null then 1 else 0 end) as source_touched
    from shown
    left join touches
        on
            shown.user_id = touches.user_id
            and shown.source_id = touches.source_id
            and shown.event_at > touches.touched_at
            and touches.touched_at >= shown.event_at - interval '28' day
    group by
        shown.impression_id,
        shown.user_id

),

judged as (

    select
        cast(date_trunc('week', shown.event_at) as date) as period_start,
        not shown.is_source_followed and of_source.source_touched = 0 as is_discovery,
        of_topic.topic_touched = 0 as is_new_topic,
        likes.impression_id is not null as is_liked
    from shown
    inner join of_source
        on
            shown.impression_id = of_source.impression_id
            and shown.user_id = of_source.user_id
    inner join of_topic
        on
            shown.impression_id = of_topic.impression_id
            and shown.user_id = of_topic.user_id
    inner join known_from
        on shown.event_at >= known_from.known_at
    left join likes
        on
            shown.impression_id = likes.impression_id
            and shown.user_id = likes.user_id

)

select
    period_start,
    cast(count(case when is_discovery then 1 end) as double) / count(*) as value,
    cast(count(case when is_new_topic then 1 end) as double) / count(*) as new_topic,
    cast(count(case when is_discovery and is_liked then 1 end) as double)
    / nullif(count(case when is_discovery then 1 end), 0) as discoveries_liked
from judged
group by period_start
order by period_start
