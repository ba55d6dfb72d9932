-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: direct_engagement_rate_oc, engagements on originals themselves / views of originals themselves (value)
-- grain: week
with originals as (
    select content_id_original, cast(min(event_at) as date) as created_date
    from {{ ref('stg_short_video__content_created') }}
    group by content_id_original
),

happenings as (
    select content_id_original, event_at, 1 as views, 0 as engagements
    from {{ ref('stg_short_video__view_on_content') }} where shared_instance_id is null
    union all
    -- trap: some clients log a view as an engagement, too
    select content_id_original, event_at, 0 as views, 1 as engagements
    from {{ ref('stg_short_video__engagement_on_content') }}
    where shared_instance_id is null and engagement_type <> 'view'
)

select
    cast(date_trunc('week', originals.created_date) as date) as period_start,
    cast(sum(happenings.engagements) as double) / nullif(sum(happenings.views), 0) as value
from originals
inner join happenings on originals.content_id_original = happenings.content_id_original
where happenings.event_at < originals.created_date + interval '8' day
group by cast(date_trunc('week', originals.created_date) as date)
order by period_start
