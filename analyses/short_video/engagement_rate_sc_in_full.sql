-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: engagement_rate_sc, engagements / views of shares (value), that / the same of originals (ratio_to_oc),
--         engagements on shares / those that the same original would bring (matched_ratio), and the mean of each
--         share's engagements / views (mean_of_shares)
-- trap: only what is good is shared: compared with all originals shares fare better than each beside its own
-- grain: month
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

instances as (

    select
        content_id,
        shared_instance_id,
        sum(views) as views,
        sum(engagements) as engagements
    from happenings
    group by
        content_id,
        shared_instance_id

),

by_original as (

    select
        content_id,
        sum(case when shared_instance_id is null then cast(views as double) end) as direct_views,
        sum(case when shared_instance_id is null then cast(engagements as double) end) as direct_engagements,
        sum(case when shared_instance_id is not null then cast(views as double) end) as shared_views,
        sum(case when shared_instance_id is not null then cast(engagements as double) end) as shared_engagements,
        sum(
            case when shared_instance_id is not null then cast(engagements as double) / nullif(views, 0) end
        ) as rates_of_shares,
        count(case when shared_instance_id is not null and views > 0 then 1 end) as viewed_shares
    from instances
    group by content_id

)

select
    cast(date_trunc('month', originals.created_date) as date) as period_start,
    sum(by_original.shared_engagements) / nullif(sum(by_original.shared_views), 0) as value,
    sum(by_original.shared_engagements) / nullif(sum(by_original.shared_views), 0)
    / nullif(sum(by_original.direct_engagements) / nullif(sum(by_original.direct_views), 0), 0) as ratio_to_oc,
    sum(case when by_original.direct_views > 0 then by_original.shared_engagements end) / nullif(
        sum(
            by_original.shared_views * by_original.direct_engagements
            / nullif(by_original.direct_views, 0)
        ),
        0
    ) as matched_ratio,
    sum(by_original.rates_of_shares) / nullif(sum(by_original.viewed_shares), 0) as mean_of_shares
from originals
inner join by_original
    on originals.content_id = by_original.content_id
group by cast(date_trunc('month', originals.created_date) as date)
order by period_start
