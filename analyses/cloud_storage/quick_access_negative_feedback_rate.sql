-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_negative_feedback_rate, rejections / impressions, and impressions with a rejection /
--         impressions (impressions_rejected)
-- trap: one annoyed user who dismisses all five files of a list counts five times; the target is on the second
-- note: a rejection counts on the day on which its list was shown
-- grain: week
with

rejections as (

    select
        impression_id,
        user_id,
        count(*) as rejections
    from {{ ref('stg_cloud_storage__quick_access_negative_feedback') }}
    group by
        impression_id,
        user_id

)

select
    cast(date_trunc('week', impressions.event_at) as date) as period_start,
    cast(coalesce(sum(rejections.rejections), 0) as double) / count(*) as value,
    cast(count(rejections.impression_id) as double) / count(*) as impressions_rejected
from {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
left join rejections
    on
        impressions.impression_id = rejections.impression_id
        and impressions.user_id = rejections.user_id
group by cast(date_trunc('week', impressions.event_at) as date)
order by period_start
