-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_frequency by platform, clicks / users with a click
-- grain: week
select
    clicks.platform,
    cast(date_trunc('week', clicks.event_at) as date) as period_start,
    -- trap: the average over those who click rises when occasional users leave
    cast(count(*) as double) / count(distinct clicks.user_id) as value
from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
-- A click without its impression does not count.
inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
    on clicks.impression_id = impressions.impression_id and clicks.user_id = impressions.user_id
group by clicks.platform, cast(date_trunc('week', clicks.event_at) as date)
order by period_start, clicks.platform
