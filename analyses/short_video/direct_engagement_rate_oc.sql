-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: direct_engagement_rate_oc, engagements on originals themselves / views of originals themselves (value)
-- grain: week
-- reads: the facts of views and engagements
with happenings as (
    select
        created_date,
        1 as views,
        0 as engagements
    from {{ ref('fct_short_video__content_views') }}
    where shared_instance_id is null and is_in_window
    union all
    -- trap: some clients log a view as an engagement, too; the fact has likes, comments and saves
    select
        created_date,
        0 as views,
        1 as engagements
    from {{ ref('fct_short_video__content_engagements') }}
    where shared_instance_id is null and is_in_window
)

select
    cast(date_trunc('week', created_date) as date) as period_start,
    cast(sum(engagements) as double) / nullif(sum(views), 0) as value
from happenings
group by cast(date_trunc('week', created_date) as date)
order by period_start
