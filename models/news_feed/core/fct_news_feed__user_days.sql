{%- set double, integer = engine_type('double'), engine_type('integer') %}
{%- set sums = [
    'sessions', 'feed_ms', 'ended_sessions', 'ended_ms', 'impressions', 'positives', 'top_impressions', 'top_positives',
    'negatives', 'rejected_impressions', 'discoverable_impressions', 'discoveries',
] %}

with

session_days as (

    select
        user_id,
        session_date as activity_date,
        variant,
        experiment_id,
        started_at,
        1 as sessions,
        feed_ms,
        case when has_end then 1 else 0 end as ended_sessions,
        coalesce(duration_ms, 0) as ended_ms,
        {{ columns_of_each(sums[4:], '0 as %s') }},
        0e0 as affinity,
        0e0 as affinity_of_positives
    from {{ recent(ref('fct_news_feed__sessions'), days_before=0) }}

),

impression_days as (

    select
        user_id,
        impression_date as activity_date,
        variant,
        experiment_id,
        started_at,
        {{ columns_of_each(sums[:4], '0 as %s') }},
        1 as impressions,
        positives,
        case when position_in_feed <= 5 then 1 else 0 end as top_impressions,
        case when position_in_feed <= 5 then positives else 0 end as top_positives,
        negatives,
        case when negatives + unfollows > 0 then 1 else 0 end as rejected_impressions,
        case when is_discovery is not null then 1 else 0 end as discoverable_impressions,
        case when is_discovery then 1 else 0 end as discoveries,
        coalesce(predicted_affinity, 0e0) as affinity,
        coalesce(predicted_affinity, 0e0) * positives as affinity_of_positives
    from {{ recent(ref('fct_news_feed__impressions'), days_before=0) }}

),

events as (

    select * from session_days
    union all
    select * from impression_days

)

select
    user_id,
    activity_date,
    variant,
    experiment_id,
    min(started_at) as first_started_at,
    {{ columns_of_each(sums, 'cast(sum(%s) as ' ~ integer ~ ') as %s') | replace('\n        ', '\n    ') }},
    cast(sum(affinity) as {{ double }}) as affinity,
    cast(sum(affinity_of_positives) as {{ double }}) as affinity_of_positives
from events
group by
    user_id,
    activity_date,
    variant,
    experiment_id
{{ in_order_of('activity_date') }}
