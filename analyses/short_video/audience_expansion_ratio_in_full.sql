-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: audience_expansion_ratio, people by shares alone / people directly (value), the same of originals whose
--         shares have five views (successful), and the mean of the same of each of these (mean_of_originals)
-- trap: who engages with both was no new audience, and a mean of ratios is what a few say
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
        sum(case when shared_instance_id is not null then views else 0 end) as shared_views,
        max(case when shared_instance_id is null then engagements else 0 end) as engages_directly,
        max(case when shared_instance_id is not null then engagements else 0 end) as engages_on_shares
    from happenings
    group by
        content_id,
        user_id

),

by_original as (

    select
        content_id,
        cast(sum(engages_directly) as double) as direct_engagers,
        cast(sum(engages_on_shares * (1 - engages_directly)) as double) as share_only_engagers,
        sum(shared_views) >= 5 as is_successful
    from people
    group by content_id

)

select
    cast(date_trunc('week', originals.created_date) as date) as period_start,
    sum(by_original.share_only_engagers) / nullif(sum(by_original.direct_engagers), 0) as value,
    sum(case when by_original.is_successful then by_original.share_only_engagers end)
    / nullif(sum(case when by_original.is_successful then by_original.direct_engagers end), 0) as successful,
    avg(
        case
            when by_original.is_successful
                then by_original.share_only_engagers / nullif(by_original.direct_engagers, 0)
        end
    ) as mean_of_originals
from originals
inner join by_original
    on originals.content_id = by_original.content_id
group by cast(date_trunc('week', originals.created_date) as date)
order by period_start
