-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_negative_feedback_rate, rejections / impressions, and impressions with a rejection / impressions
--         (impressions_rejected)
-- grain: week
select
    -- A rejection counts in the week in which its list was shown.
    cast(date_trunc('week', impressions.event_at) as date) as period_start,
    -- trap: who dismisses all five files of a list counts five times here, and once in the next
    cast(count(rejections.event_id) as double) / count(distinct impressions.impression_id) as value,
    cast(count(distinct rejections.impression_id) as double) / count(distinct impressions.impression_id)
        as impressions_rejected
from {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
left join {{ ref('stg_cloud_storage__quick_access_negative_feedback') }} as rejections
    on impressions.impression_id = rejections.impression_id and impressions.user_id = rejections.user_id
group by cast(date_trunc('week', impressions.event_at) as date)
order by period_start
