{{ rows_of_metric('mart_time_to_file_open', 'exposed_users_opens', [
    ref('dim_cloud_storage__dates'),
    ref('fct_cloud_storage__experiment_exposures'),
    ref('fct_cloud_storage__file_opens'),
], 'open_date', ref('dim_cloud_storage__dates')) }}
