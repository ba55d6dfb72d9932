-- question: 2.1.3 Original versus re-shared content
-- goal: What is shared is engaged with as originals are, and reaches people whom the original does not.
-- metric: engagement_lift_from_sharing, engagements on shares / on originals themselves, of those with any (value), the
--         mean of the same (mean_of_originals), originals with some on shares alone / originals (by_shares_alone), and
--         the least of the top 5 % (top_5_percent)
-- trap: where nobody engages directly the ratio is no number, and not infinite: such originals are counted apart
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
        sum(case when shared_instance_id is null then engagements else 0 end) as direct_engagements,
        sum(case when shared_instance_id is not null then engagements else 0 end) as shared_engagements
    from happenings
    group by content_id

),

lifts as (

    select
        cast(date_trunc('week', originals.created_date) as date) as period_start,
        coalesce(by_original.direct_engagements, 0) as direct_engagements,
        coalesce(by_original.shared_engagements, 0) as shared_engagements,
        case
            when by_original.direct_engagements > 0
                then cast(by_original.shared_engagements as double) / by_original.direct_engagements
        end as lift
    from originals
    left join by_original
        on originals.content_id = by_original.content_id

),

ranked as (

    select
        *,
        row_number() over (partition by period_start order by coalesce(lift, -1) desc) as place,
        count(lift) over (partition by period_start) as ranked_originals
    from lifts

)

select
    period_start,
    cast(sum(case when lift is not null then shared_engagements end) as double)
    / nullif(sum(direct_engagements), 0) as value,
    avg(lift) as mean_of_originals,
    cast(count(case when lift is null and shared_engagements > 0 then 1 end) as double) / count(*) as by_shares_alone,
    -- The last of the top: the first place whose twentieth part reaches one, two, three.
    min(case when 20 * (place - 1) < ranked_originals and lift > 0 then lift end)
    * max(case when 20 * (place - 1) < ranked_originals and 20 * place >= ranked_originals and lift > 0 then 1 end)
        as top_5_percent
from ranked
group by period_start
order by period_start
