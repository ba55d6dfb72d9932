{{ rows_of_metric('mart_quick_access_active_users', 'active_days', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__user_days'),
], 'action_date', ref('dim_cloud_storage__dates')) }}
