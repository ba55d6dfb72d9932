{{ rows_of_metric('mart_editing_tool_adoption', 'flows', [
    ref('dim_photo_upload__dates'),
    ref('fct_photo_upload__flows'),
], 'flow_date', ref('dim_photo_upload__dates')) }}
