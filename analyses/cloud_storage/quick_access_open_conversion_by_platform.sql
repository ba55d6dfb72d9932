-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_open_conversion by platform, clicks followed by an open of that file / clicks (followed_by_open)
-- grain: week
select
    clicks.platform,
    cast(date_trunc('week', clicks.event_at) as date) as period_start,
    -- trap: opens / clicks counts restored tabs, which nobody clicked, and hides clicks on files that are gone
    cast(count(distinct case when opens.event_id is not null then clicks.event_id end) as double)
    / count(distinct clicks.event_id) as followed_by_open
from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
    on clicks.impression_id = impressions.impression_id and clicks.user_id = impressions.user_id
left join {{ ref('stg_cloud_storage__file_opened') }} as opens
    on
        clicks.user_id = opens.user_id
        and clicks.session_id = opens.session_id
        and clicks.clicked_file_id = opens.file_id
        and opens.open_method = 'quick_access'
        and opens.event_at between clicks.event_at and clicks.event_at + interval '5' minute
group by clicks.platform, cast(date_trunc('week', clicks.event_at) as date)
order by period_start, clicks.platform
