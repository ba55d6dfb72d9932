{{ rows_of_metric('mart_upload_step_duration', 'timed_steps', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__timed_steps'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
