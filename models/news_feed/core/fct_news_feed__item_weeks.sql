{%- set least = news_feed_thresholds().item_impressions %}
{%- set among = 'week_start, impressions >= ' ~ least %}
{%- set double = engine_type('double') %}

with

items as (

    select
        item_id,
        cast({{ dbt.date_trunc('week', 'impression_date') }} as date) as week_start,
        min(content_type) as content_type,
        min(topic_id) as topic_id,
        max(harm_score) as harm_score,
        count(*) as impressions,
        cast(sum(engagements) as {{ engine_type('integer') }}) as engagements,
        cast(sum(engagements) as {{ double }}) / count(*) as engagement_rate
    from {{ recent(ref('fct_news_feed__impressions')) }}
    where harm_score is not null
    group by
        item_id,
        cast({{ dbt.date_trunc('week', 'impression_date') }} as date)

)

select
    item_id,
    week_start,
    content_type,
    topic_id,
    harm_score,
    {{ tenth_of_scale('harm_score') | indent(4) }} as harm_band,
    impressions,
    engagements,
    impressions >= {{ least }} as is_compared,
    case when impressions >= {{ least }} then {{ mean_rank('harm_score', among) | indent(8) }} end as harm_rank,
    case when impressions >= {{ least }} then {{ mean_rank('engagements', among) | indent(8) }} end as engagement_rank,
    case when impressions >= {{ least }} then {{ mean_rank('engagement_rate', among) | indent(8) }} end
        as engagement_rate_rank
from items
{{ in_order_of('week_start') }}
