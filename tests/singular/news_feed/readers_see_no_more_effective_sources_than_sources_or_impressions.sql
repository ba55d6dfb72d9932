-- 1 <= effective number of order 2 <= that of order 1 <= number of sources <= impressions, for each reader.
select
    user_id,
    week_start
from {{ ref('fct_news_feed__user_weeks') }}
where
    not (
        effective_sources >= 1 - 1e-9
        and effective_sources <= exp(source_entropy) + 1e-9
        and exp(source_entropy) <= distinct_sources + 1e-9
        and distinct_sources <= impressions
        and topics_engaged <= distinct_topics
        and coalesce(rarefied_sources, 0) <= distinct_sources + 1e-6
        and largest_type_impressions <= impressions
    )
