{{ rows_of_metric('mart_quick_access_mrr', 'impressions', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__impressions'),
], 'impression_date', ref('dim_cloud_storage__dates')) }}
