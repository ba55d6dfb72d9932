{{ rows_of_metric('mart_quick_access_open_conversion', 'clicks_and_opens', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__clicks'),
    ref('fct_cloud_storage__file_opens'),
], 'event_date', ref('dim_cloud_storage__dates')) }}
