-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_follow_rate, times that somebody follows a source (value), and those within 24 hours of an impression of
--         it (from_feed), / impressions of sources that are not followed
-- trap: who finds a source by a search owes nothing to the feed
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

unfollowed as (

    select *
    from shown
    where not is_source_followed

),

follows as (

    select
        cast(date_trunc('week', follows.event_at) as date) as period_start,
        follows.event_id,
        max(case when unfollowed.impression_id is not null then 1 else 0 end) as is_from_feed
    from {{ ref('stg_news_feed__user_follow_action') }} as follows
    left join unfollowed
        on
            follows.user_id = unfollowed.user_id
            and follows.target_source_id = unfollowed.source_id
            and follows.event_at >= unfollowed.event_at
            and unfollowed.event_at >= follows.event_at - interval '1' day
    where follows.action = 'follow'
    group by
        cast(date_trunc('week', follows.event_at) as date),
        follows.event_id

),

weekly_follows as (

    select
        period_start,
        count(*) as follows,
        sum(is_from_feed) as follows_from_feed
    from follows
    group by period_start

),

weekly_impressions as (

    select
        cast(date_trunc('week', event_at) as date) as period_start,
        count(*) as impressions
    from unfollowed
    group by cast(date_trunc('week', event_at) as date)

)

select
    weekly_impressions.period_start,
    coalesce(weekly_follows.follows, 0) / cast(weekly_impressions.impressions as double) as value,
    coalesce(weekly_follows.follows_from_feed, 0) / cast(weekly_impressions.impressions as double) as from_feed
from weekly_impressions
left join weekly_follows
    on weekly_impressions.period_start = weekly_follows.period_start
order by weekly_impressions.period_start
