-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_positive_interaction_rate, likes, comments and shares / impressions (value), the same of bands of places
--         at fixed shares (position_adjusted), and impressions with any / impressions (impressions_liked); for all
--         platforms and each
-- trap: who reads on sees more of what is liked less, so a rate falls though every place does better; shares of places
--       are held fixed
-- grain: week
with

likes as (

    select
        impression_id,
        user_id,
        count(case when interaction_type in ('like', 'comment', 'share') then 1 end) as positives
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    group by
        impression_id,
        user_id

),

shown as (

    select
        cast(date_trunc('week', shown.event_at) as date) as period_start,
        coalesce(shown.platform, 'unknown') as platform,
        case
            when shown.position_in_feed = 1 then 1
            when shown.position_in_feed <= 3 then 2
            when shown.position_in_feed <= 7 then 3
            else 4
        end as band,
        coalesce(likes.positives, 0) as positives
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            shown.session_id = starts.session_id
            and shown.user_id = starts.user_id
    left join likes
        on
            shown.impression_id = likes.impression_id
            and shown.user_id = likes.user_id

),

bands as (

    select
        period_start,
        band,
        cast(case band when 1 then 1 when 2 then 2 when 3 then 4 else 3 end as double) as weight,
        coalesce(platform, 'all') as platform,
        sum(positives) as positives,
        count(case when positives > 0 then 1 end) as liked,
        count(*) as impressions
    from shown
    group by
        grouping sets (
            (period_start, band),
            (period_start, platform, band)
        )

)

select
    period_start,
    platform,
    cast(sum(positives) as double) / sum(impressions) as value,
    sum(weight * positives / impressions) / sum(weight) as position_adjusted,
    cast(sum(liked) as double) / sum(impressions) as impressions_liked
from bands
group by
    period_start,
    platform
order by
    period_start,
    platform
