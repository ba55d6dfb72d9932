-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: direct_engagement_rate_oc by content_type, engagements on originals themselves / views of them (value)
-- grain: week
-- reads: the fact of originals with what they led to
select
    content_type,
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: a share that its client forgets to name looks like the original
    cast(sum(direct_engagements) as double) / nullif(sum(direct_views), 0) as value
from {{ ref('fct_short_video__amplification') }}
group by content_type, cast(date_trunc('week', created_date) as date)
order by period_start, content_type
