{{ rows_of_metric('mart_upload_top_error_codes', 'errors_and_flows', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__failures'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
