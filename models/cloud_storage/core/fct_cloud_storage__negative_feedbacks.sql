select
    feedbacks.event_id as feedback_id,
    feedbacks.impression_id,
    feedbacks.user_id,
    feedbacks.unhelpful_file_id as file_id,
    feedbacks.feedback_type,
    feedbacks.event_at as given_at,
    feedbacks.received_at,
    cast(feedbacks.event_at as date) as feedback_date
from {{ recent(ref('stg_cloud_storage__quick_access_negative_feedback')) }} as feedbacks
inner join {{ recent(ref('stg_cloud_storage__quick_access_impression')) }} as impressions
    on
        feedbacks.impression_id = impressions.impression_id
        and feedbacks.user_id = impressions.user_id
        and {{ happened_near('feedbacks.event_at', 'impressions.event_at') | indent(8) }}
{{ in_order_of('feedback_date') }}
