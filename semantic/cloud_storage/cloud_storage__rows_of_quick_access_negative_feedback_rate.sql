{{ rows_of_metric('mart_quick_access_negative_feedback_rate', 'impressions', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__impressions'),
    ref('fct_cloud_storage__negative_feedbacks'),
], 'impression_date', ref('dim_cloud_storage__dates')) }}
