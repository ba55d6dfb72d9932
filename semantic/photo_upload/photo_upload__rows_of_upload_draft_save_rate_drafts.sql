{{ rows_of_metric('mart_upload_draft_save_rate', 'drafts', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
