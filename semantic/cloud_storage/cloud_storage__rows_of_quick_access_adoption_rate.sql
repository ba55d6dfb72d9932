{{ rows_of_metric('mart_quick_access_adoption_rate', 'users_shown_quick_access', [
    ref('dim_cloud_storage__dates'),
    ref('dim_cloud_storage__users'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__impressions'),
], 'first_impression_date', ref('dim_cloud_storage__dates')) }}
