-- Ranks are logged with the click, not looked up; were they counted from 0, or on another list, the mean
-- reciprocal rank would be of something else. Clicks on lists that nobody knows are no facts.
select
    clicks.click_id,
    clicks.file_id,
    clicks.rank_of_clicked_file,
    impressions.suggested_file_ids_list_ordered
from {{ ref('fct_cloud_storage__clicks') }} as clicks
inner join {{ ref('stg_cloud_storage__quick_access_impression') }} as impressions
    on
        clicks.impression_id = impressions.impression_id
        and clicks.user_id = impressions.user_id
where
    coalesce(array_position(impressions.suggested_file_ids_list_ordered, clicks.file_id), 0)
    <> clicks.rank_of_clicked_file
