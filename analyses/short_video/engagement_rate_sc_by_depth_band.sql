-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: engagement_rate_sc by depth_band, engagements / views of shares (value)
-- grain: week
-- reads: the fact of surfaces
select
    depth_band,
    cast(date_trunc('week', created_date) as date) as period_start,
    -- trap: far from the original there are the shares of the best originals only
    cast(sum(shared_engagements) as double) / nullif(sum(shared_views), 0) as value
from {{ ref('fct_short_video__content_surfaces') }}
group by depth_band, cast(date_trunc('week', created_date) as date)
order by period_start, depth_band
