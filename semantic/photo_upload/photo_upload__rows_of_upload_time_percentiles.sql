{{ rows_of_metric('mart_upload_time_percentiles', 'media', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__media'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
