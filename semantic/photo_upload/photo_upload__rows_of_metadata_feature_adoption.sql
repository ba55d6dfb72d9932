{{ rows_of_metric('mart_metadata_feature_adoption', 'completed_flows', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
