-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: direct_engagement_rate_oc, engagements / views of originals themselves (value), the mean of the same of each
--         original (mean_of_originals), and of originals and shares together (on_any_surface)
-- trap: a view that is logged as an engagement is none, and an original with one view weighs little
-- grain: week
with

originals as (

    select
        content_id_original as content_id,
        cast(min(event_at) as date) as created_date
    from {{ ref('stg_short_video__content_created') }}
    group by content_id_original

),

shares as (

    select distinct
        content_id_original as content_id,
        shared_instance_id,
        share_platform
    from {{ ref('stg_short_video__content_shared') }}

),

events as (

    select
        content_id_original as content_id,
        shared_instance_id,
        referrer_shared_instance_id,
        user_id,
        event_at,
        1 as views,
        0 as engagements
    from {{ ref('stg_short_video__view_on_content') }}
    union all
    select
        content_id_original as content_id,
        shared_instance_id,
        cast(null as varchar) as referrer_shared_instance_id,
        user_id,
        event_at,
        0 as views,
        1 as engagements
    from {{ ref('stg_short_video__engagement_on_content') }}
    where engagement_type <> 'view'

),

-- On the original itself, or on a share of it that is known.
happenings as (

    select
        events.*,
        originals.created_date
    from events
    inner join originals
        on
            events.content_id = originals.content_id
            and cast(events.event_at as date)
            between originals.created_date - interval '1' day and originals.created_date + interval '7' day
    left join shares
        on
            events.content_id = shares.content_id
            and events.shared_instance_id = shares.shared_instance_id
    where
        events.shared_instance_id is null
        or shares.shared_instance_id is not null

),

by_original as (

    select
        content_id,
        sum(case when shared_instance_id is null then views else 0 end) as direct_views,
        sum(case when shared_instance_id is null then engagements else 0 end) as direct_engagements,
        sum(views) as views,
        sum(engagements) as engagements
    from happenings
    group by content_id

)

select
    cast(date_trunc('week', originals.created_date) as date) as period_start,
    cast(sum(by_original.direct_engagements) as double) / nullif(sum(by_original.direct_views), 0) as value,
    avg(
        cast(by_original.direct_engagements as double) / nullif(by_original.direct_views, 0)
    ) as mean_of_originals,
    cast(sum(by_original.engagements) as double) / nullif(sum(by_original.views), 0) as on_any_surface
from originals
inner join by_original
    on originals.content_id = by_original.content_id
group by cast(date_trunc('week', originals.created_date) as date)
order by period_start
