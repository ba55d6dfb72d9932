-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: total_reach_oc, distinct people of an original and its shares / originals (value), those of the original
--         itself (on_original), of shares (on_shares), of both (on_both), and of each surface added up
--         (summed_over_surfaces)
-- trap: added up over surfaces, whoever sees three of them is three people
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

people as (

    select
        content_id,
        user_id,
        max(case when shared_instance_id is null then 1 else 0 end) as is_on_original,
        max(case when shared_instance_id is not null then 1 else 0 end) as is_on_shares,
        count(distinct coalesce(shared_instance_id, 'original')) as surfaces
    from happenings
    group by
        content_id,
        user_id

),

by_original as (

    select
        content_id,
        count(*) as reach,
        sum(is_on_original) as on_original,
        sum(is_on_shares) as on_shares,
        sum(is_on_original * is_on_shares) as on_both,
        sum(surfaces) as summed
    from people
    group by content_id

)

select
    cast(date_trunc('week', originals.created_date) as date) as period_start,
    cast(coalesce(sum(by_original.reach), 0) as double) / count(*) as value,
    cast(coalesce(sum(by_original.on_original), 0) as double) / count(*) as on_original,
    cast(coalesce(sum(by_original.on_shares), 0) as double) / count(*) as on_shares,
    cast(coalesce(sum(by_original.on_both), 0) as double) / count(*) as on_both,
    cast(coalesce(sum(by_original.summed), 0) as double) / count(*) as summed_over_surfaces
from originals
left join by_original
    on originals.content_id = by_original.content_id
group by cast(date_trunc('week', originals.created_date) as date)
order by period_start
