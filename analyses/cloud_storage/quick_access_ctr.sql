-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_ctr, clicks / impressions, and impressions clicked before a newer one / impressions
--         (impressions_clicked)
-- grain: week
with impressions as (
    select
        impression_id,
        user_id,
        event_at as shown_at,
        lead(event_at) over (partition by user_id order by event_at, event_id) as replaced_at
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
)

select
    cast(date_trunc('week', impressions.shown_at) as date) as period_start,
    -- trap: an impatient user clicks a list three times, so this can pass 1
    cast(count(clicks.event_id) as double) / count(distinct impressions.impression_id) as value,
    -- And an app that draws an old list earns clicks for it.
    cast(count(distinct case
        when impressions.replaced_at is null or clicks.event_at < impressions.replaced_at then clicks.impression_id
    end) as double) / count(distinct impressions.impression_id) as impressions_clicked
from impressions
left join {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    on impressions.impression_id = clicks.impression_id and impressions.user_id = clicks.user_id
group by cast(date_trunc('week', impressions.shown_at) as date)
order by period_start
