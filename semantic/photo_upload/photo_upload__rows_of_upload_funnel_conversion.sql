{{ rows_of_metric('mart_upload_funnel_conversion', 'flow_steps', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__flow_steps'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
