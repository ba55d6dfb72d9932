{#- A rank among equals is the mean of the ranks that they share, as Spearman has it. -#}
{%- set least = news_feed_thresholds().item_impressions %}
{%- set double = engine_type('double') %}

with

items as (

    select
        item_id,
        cast({{ dbt.date_trunc('week', 'impression_date') }} as date) as week_start,
        min(content_type) as content_type,
        min(topic_id) as topic_id,
        avg(harm_score) as harm_score,
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
    case
    {%- for tenth in range(9) %}
        when harm_score < {{ (tenth + 1) / 10 }} then {{ sql_text('%.1f to %.1f' % (tenth / 10, (tenth + 1) / 10)) }}
    {%- endfor %}
        else '0.9 to 1.0'
    end as harm_band,
    impressions,
    engagements,
    impressions >= {{ least }} as is_compared
    {%- for rank, value in [
        ('harm_rank', 'harm_score'), ('engagement_rank', 'engagements'), ('engagement_rate_rank', 'engagement_rate'),
    ] %},
    case
        when impressions >= {{ least }} then
            rank() over (partition by week_start, impressions >= {{ least }} order by {{ value }})
            + (count(*) over (partition by week_start, impressions >= {{ least }}, {{ value }}) - 1) / 2e0
    end as {{ rank }}
    {%- endfor %}
from items
{{ in_order_of('week_start') }}
