-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_ctr, clicks / impressions, and impressions clicked before a newer one replaced them /
--         impressions (impressions_clicked)
-- trap: an impatient user clicks one list three times, and an app that draws an old list earns clicks for it, so the
--       first can pass 1; the target is on the second
-- note: a click counts on the day on which its list was shown
-- grain: week
with

impressions as (

    select
        impression_id,
        user_id,
        event_at as shown_at,
        lead(event_at) over (partition by user_id order by event_at, event_id) as replaced_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}

),

clicks as (

    select
        impression_id,
        user_id,
        count(*) as clicks,
        min(event_at) as first_clicked_at
    from {{ ref('stg_cloud_storage__quick_access_click') }}
    group by
        impression_id,
        user_id

)

select
    cast(date_trunc('week', impressions.shown_at) as date) as period_start,
    cast(coalesce(sum(clicks.clicks), 0) as double) / count(*) as value,
    cast(sum(
        case
            when clicks.first_clicked_at >= impressions.replaced_at then 0
            when clicks.clicks > 0 then 1
            else 0
        end
    ) as double) / count(*) as impressions_clicked
from impressions
left join clicks
    on
        impressions.impression_id = clicks.impression_id
        and impressions.user_id = clicks.user_id
group by cast(date_trunc('week', impressions.shown_at) as date)
order by period_start
