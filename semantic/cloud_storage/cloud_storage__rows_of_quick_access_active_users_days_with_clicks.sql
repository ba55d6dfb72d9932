{{ rows_of_metric('mart_quick_access_active_users', 'days_with_clicks', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__user_days'),
]) }}
