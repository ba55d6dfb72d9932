with

impressions_and_follows as (

    select
        impression_date as activity_date,
        platform,
        variant,
        1 as unfollowed_impressions,
        0 as follows,
        0 as follows_from_feed
    from {{ recent(ref('fct_news_feed__impressions')) }}
    where not is_source_followed
    union all
    select
        follow_date as activity_date,
        platform,
        variant,
        0 as unfollowed_impressions,
        1 as follows,
        case when is_from_feed then 1 else 0 end as follows_from_feed
    from {{ recent(ref('fct_news_feed__follows')) }}
    where action = 'follow'

)

{{ metric_by_period(
    rows='impressions_and_follows',
    day='activity_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(follows)',
            'denominator': 'sum(unfollowed_impressions)',
        },
        'from_feed': {
            'numerator': 'sum(follows_from_feed)',
            'denominator': 'sum(unfollowed_impressions)',
        },
    },
    requires=[ref('fct_news_feed__impressions'), ref('fct_news_feed__follows')],
) }}
