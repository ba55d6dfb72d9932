-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_frequency, clicks / users with a click, and clicks / users shown a list or clicking one
--         (per_user_shown)
-- grain: week
with actions as (
    select
        user_id,
        event_at,
        0 as clicks
    from {{ ref('stg_cloud_storage__quick_access_impression') }}
    union all
    select
        clicks.user_id,
        clicks.event_at,
        1 as clicks
    from {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    -- A click without its impression does not count.
    inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
        on clicks.impression_id = impressions.impression_id and clicks.user_id = impressions.user_id
)

select
    cast(date_trunc('week', event_at) as date) as period_start,
    -- trap: the average over those who click rises when occasional users leave; the next one falls then
    cast(sum(clicks) as double) / nullif(count(distinct case when clicks = 1 then user_id end), 0) as value,
    cast(sum(clicks) as double) / count(distinct user_id) as per_user_shown
from actions
group by cast(date_trunc('week', event_at) as date)
order by period_start
