with

click_counts as (

    select
        impression_id,
        count(*) as clicks,
        sum(1e0 / rank_of_clicked_file) as reciprocal_rank_sum,
        max(case when is_first_fresh_click then 1e0 / rank_of_clicked_file end) as reciprocal_rank
    from {{ recent(ref('fct_cloud_storage__clicks')) }}
    group by impression_id

),

feedback_counts as (

    select
        impression_id,
        count(*) as negative_feedbacks
    from {{ recent(ref('fct_cloud_storage__negative_feedbacks')) }}
    group by impression_id

)

select
    impressions.impression_id,
    impressions.user_id,
    impressions.session_id,
    impressions.event_at as shown_at,
    impressions.received_at,
    cast(impressions.event_at as date) as impression_date,
    {{ list_length('impressions.suggested_file_ids_list_ordered') }} as suggestions,
    impressions.model_version,
    impressions.platform,
    coalesce(impressions.country, 'unknown') as country,
    coalesce(click_counts.clicks, 0) as clicks,
    coalesce(click_counts.reciprocal_rank_sum, 0e0) as reciprocal_rank_sum,
    click_counts.reciprocal_rank is not null as is_clicked,
    coalesce(click_counts.reciprocal_rank, 0e0) as reciprocal_rank,
    coalesce(feedback_counts.negative_feedbacks, 0) as negative_feedbacks
from {{ recent(ref('stg_cloud_storage__quick_access_impression')) }} as impressions
left join click_counts
    on impressions.impression_id = click_counts.impression_id
left join feedback_counts
    on impressions.impression_id = feedback_counts.impression_id
{{ in_order_of('impression_date') }}
