-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_negative_feedback_rate by model_version, impressions with a rejection / impressions
--         (impressions_rejected)
-- grain: week
select
    impressions.model_version,
    cast(date_trunc('week', impressions.event_at) as date) as period_start,
    -- trap: who dismisses all five files of a list is one unhappy user, not five
    cast(count(distinct rejections.impression_id) as double) / count(distinct impressions.impression_id)
        as impressions_rejected
from {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
left join {{ ref('stg_cloud_storage__quick_access_negative_feedback') }} as rejections
    on impressions.impression_id = rejections.impression_id and impressions.user_id = rejections.user_id
group by impressions.model_version, cast(date_trunc('week', impressions.event_at) as date)
order by period_start, impressions.model_version
