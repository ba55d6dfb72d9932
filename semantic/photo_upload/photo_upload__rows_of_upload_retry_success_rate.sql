{{ rows_of_metric('mart_upload_retry_success_rate', 'retried_media', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__media'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
