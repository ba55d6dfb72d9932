{{ rows_of_metric('mart_quick_access_frequency', 'days_with_quick_access', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__impressions'),
    ref('fct_cloud_storage__user_days'),
], 'action_date', ref('dim_cloud_storage__dates')) }}
