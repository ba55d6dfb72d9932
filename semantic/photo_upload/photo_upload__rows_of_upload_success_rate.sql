{{ rows_of_metric('mart_upload_success_rate', 'flows_and_attempts', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__attempts'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
