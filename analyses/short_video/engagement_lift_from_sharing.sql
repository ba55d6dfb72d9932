-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: engagement_lift_from_sharing, engagements on shares / on originals, of those with any on themselves (value)
-- grain: week
-- reads: the fact of originals with what they led to
select
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: where nobody engages directly there is nothing to divide by
    cast(sum(shared_engagements) as double) / nullif(sum(direct_engagements), 0) as value
from {{ ref('fct_short_video__amplification') }}
where direct_engagements > 0
group by cast(date_trunc('week', created_date) as date)
order by period_start
