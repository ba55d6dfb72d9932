-- question: 4.1.1 Quick Access ML suggestions
-- goal: The files that Quick Access suggests are the ones that users need now.
-- metric: quick_access_mrr by model_version, mean of 1 / rank over clicks, by the week in which the list was shown
-- grain: week
select
    impressions.model_version,
    cast(date_trunc('week', impressions.event_at) as date) as period_start,
    -- trap: lists that missed are left out, so a model that is right once in a hundred scores 1
    avg(cast(1 as double) / clicks.rank_of_clicked_file) as value
from {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
inner join {{ ref('stg_cloud_storage__quick_access_click') }} as clicks
    on impressions.impression_id = clicks.impression_id and impressions.user_id = clicks.user_id
group by impressions.model_version, cast(date_trunc('week', impressions.event_at) as date)
order by period_start, impressions.model_version
