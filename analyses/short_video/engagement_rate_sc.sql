-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: engagement_rate_sc, engagements / views of shares (value), and that / the same of originals (ratio_to_oc)
-- grain: month
-- reads: the fact of surfaces
select
    cast(date_trunc('month', created_date) as date) as period_start,
    cast(sum(shared_engagements) as double) / nullif(sum(shared_views), 0) as value,
    -- trap: only what is good is shared, so all shares fare better beside all originals than each beside its own
    cast(sum(shared_engagements) as double) / nullif(sum(shared_views), 0)
    / nullif(cast(sum(direct_engagements) as double) / nullif(sum(direct_views), 0), 0) as ratio_to_oc
from {{ ref('fct_short_video__content_surfaces') }}
group by cast(date_trunc('month', created_date) as date)
order by period_start
