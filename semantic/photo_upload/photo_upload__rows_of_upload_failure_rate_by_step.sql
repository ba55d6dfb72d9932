{{ rows_of_metric('mart_upload_failure_rate_by_step', 'steps_and_failures', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__attempts'),
    ref('fct_photo_upload__failures'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
