{{ rows_of_metric('mart_manual_searches_per_user', 'exposed_user_days', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__exposed_user_days'),
    ref('fct_cloud_storage__user_actions'),
], 'exposed_date', ref('dim_cloud_storage__dates')) }}
