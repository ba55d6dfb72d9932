-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: click_through_to_original, users who click / views of shares (value), viewers of shares who click on one
--         within the network / viewers of shares (per_viewer), and clicks within it / views of shares (per_view)
-- trap: users are divided by views, and clicks on links outside have no views
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
        happenings.content_id,
        happenings.user_id,
        sum(case when happenings.shared_instance_id is not null then happenings.views else 0 end) as shared_views,
        count(
            case when happenings.shared_instance_id is null then happenings.referrer_shared_instance_id end
        ) as clicks,
        count(
            case
                when happenings.shared_instance_id is null and referrers.share_platform = 'native_reshare' then 1
            end
        ) as native_clicks
    from happenings
    left join shares as referrers
        on
            happenings.content_id = referrers.content_id
            and happenings.referrer_shared_instance_id = referrers.shared_instance_id
    group by
        happenings.content_id,
        happenings.user_id

)

select
    cast(date_trunc('week', originals.created_date) as date) as period_start,
    cast(count(case when people.clicks > 0 then 1 end) as double) / nullif(sum(people.shared_views), 0) as value,
    cast(count(case when people.native_clicks > 0 and people.shared_views > 0 then 1 end) as double)
    / nullif(count(case when people.shared_views > 0 then 1 end), 0) as per_viewer,
    cast(sum(people.native_clicks) as double) / nullif(sum(people.shared_views), 0) as per_view
from originals
inner join people
    on originals.content_id = people.content_id
group by cast(date_trunc('week', originals.created_date) as date)
order by period_start
