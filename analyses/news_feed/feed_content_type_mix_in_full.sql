-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_type_mix, impressions of the largest type / impressions (value), of each type / impressions
--         (photo_share, video_share, text_share, link_share), the sum of these squared (concentration), and means over
--         readers of the largest share and of the sum of squares of each (user_largest, user_concentration)
-- trap: a balanced pool may be of readers who see one type each
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

types as (

    select
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date) as period_start,
        content_type,
        count(*) as impressions
    from shown
    group by
        user_id,
        variant,
        cast(date_trunc('week', event_at) as date),
        content_type

),

readers as (

    select
        period_start,
        user_id,
        variant,
        cast(max(impressions) as double) / sum(impressions) as largest,
        cast(sum(impressions * impressions) as double) / (sum(impressions) * sum(impressions)) as concentration
    from types
    group by
        period_start,
        user_id,
        variant

),

of_readers as (

    select
        period_start,
        sum(largest) / count(*) as user_largest,
        sum(concentration) / count(*) as user_concentration
    from readers
    group by period_start

),

pool as (

    select
        period_start,
        content_type,
        cast(sum(impressions) as double) as impressions
    from types
    group by
        period_start,
        content_type

)

select
    pool.period_start,
    max(pool.impressions) / sum(pool.impressions) as value,
    sum(case when pool.content_type = 'photo' then pool.impressions else 0 end) / sum(pool.impressions)
        as photo_share,
    sum(case when pool.content_type = 'video' then pool.impressions else 0 end) / sum(pool.impressions)
        as video_share,
    sum(case when pool.content_type = 'text' then pool.impressions else 0 end) / sum(pool.impressions)
        as text_share,
    sum(case when pool.content_type = 'link' then pool.impressions else 0 end) / sum(pool.impressions)
        as link_share,
    sum(pool.impressions * pool.impressions) / (sum(pool.impressions) * sum(pool.impressions)) as concentration,
    max(of_readers.user_largest) as user_largest,
    max(of_readers.user_concentration) as user_concentration
from pool
inner join of_readers
    on pool.period_start = of_readers.period_start
group by pool.period_start
order by pool.period_start
