with

follows as (

    select
        *,
        cast(event_at as date) as follow_date
    from {{ recent(ref('stg_news_feed__user_follow_action')) }}

),

from_feed as (

    select distinct follows.event_id
    from follows
    inner join {{ recent(ref('fct_news_feed__impressions')) }} as impressions
        on
            follows.user_id = impressions.user_id
            and follows.target_source_id = impressions.source_id
            and {{ happened_near('follows.event_at', 'impressions.impression_date') | indent(12) }}
    where
        impressions.shown_at <= follows.event_at
        and impressions.shown_at >= {{ dbt.dateadd('day', -1, 'follows.event_at') }}
        and not impressions.is_source_followed

)

select
    follows.event_id as follow_id,
    follows.user_id,
    follows.target_source_id as source_id,
    follows.action,
    follows.event_at as followed_at,
    follows.follow_date,
    coalesce(follows.platform, 'unknown') as platform,
    case when known_users.exposed_at <= follows.event_at then known_users.variant else 'none' end as variant,
    from_feed.event_id is not null as is_from_feed
from follows
left join from_feed
    on follows.event_id = from_feed.event_id
left join {{ ref('dim_news_feed__users') }} as known_users
    on follows.user_id = known_users.user_id
{{ in_order_of('follow_date') }}
