{%- set draws = news_feed_thresholds().rarefied_impressions %}
{%- set keys = ['user_id', 'week_start', 'variant'] %}
{%- set double, integer = engine_type('double'), engine_type('integer') %}

with

impressions as (

    select
        *,
        cast({{ dbt.date_trunc('week', 'impression_date') }} as date) as week_start
    from {{ recent(ref('fct_news_feed__impressions')) }}

),

weeks as (

    select
        user_id,
        week_start,
        variant,
        min(started_at) as first_started_at,
        max(experiment_id) as experiment_id,
        min_by(platform, shown_at) as platform,
        min_by(country, shown_at) as country,
        count(*) as impressions,
        count(distinct impression_date) as active_days,
        count(distinct topic_id) as distinct_topics,
        count(distinct case when positives > 0 then topic_id end) as topics_engaged,
        {%- for content_type in feed_content_types() %}
            count(case when content_type = {{ sql_text(content_type) }} then 1 end)
                as {{ content_type }}_impressions,
        {%- endfor %}
        cast(sum(positives) as {{ integer }}) as positives
    from impressions
    group by
        user_id,
        week_start,
        variant

),

source_days as (

    select
        user_id,
        week_start,
        variant,
        count(*) as daily_sources
    from (
        select distinct
            user_id,
            week_start,
            variant,
            impression_date,
            source_id
        from impressions
    ) as distinct_source_days
    group by
        user_id,
        week_start,
        variant

),

of_sources as (

    {{ diversity('impressions', 'source_id', by=keys, draws=draws) | trim | indent(4) }}

),

of_topics as (

    {{ diversity('impressions', 'topic_id', by=keys) | trim | indent(4) }}

),

of_types as (

    {{ diversity('impressions', 'content_type', by=keys) | trim | indent(4) }}

)

select
    weeks.user_id,
    weeks.week_start,
    weeks.variant,
    weeks.experiment_id,
    weeks.first_started_at,
    weeks.platform,
    weeks.country,
    weeks.impressions,
    weeks.active_days,
    weeks.positives,
    of_sources.distinct_items as distinct_sources,
    source_days.daily_sources,
    of_sources.effective_items as effective_sources,
    of_sources.entropy as source_entropy,
    of_sources.rarefied_items as rarefied_sources,
    weeks.distinct_topics,
    weeks.topics_engaged,
    of_topics.effective_items as effective_topics,
    of_topics.entropy as topic_entropy,
    {%- for content_type in feed_content_types() %}
        weeks.{{ content_type }}_impressions,
    {%- endfor %}
    greatest(
        {{ columns_of_each(feed_content_types(), 'weeks.%s_impressions') }}
    ) as largest_type_impressions,
    1 / of_types.effective_items as type_concentration
from weeks
inner join source_days
    on
        weeks.user_id = source_days.user_id
        and weeks.week_start = source_days.week_start
        and weeks.variant = source_days.variant
{%- for name in ['of_sources', 'of_topics', 'of_types'] %}
    inner join {{ name }}
        on
            weeks.user_id = {{ name }}.user_id
            and weeks.week_start = {{ name }}.week_start
            and weeks.variant = {{ name }}.variant
{%- endfor %}
{{ in_order_of('week_start') }}
