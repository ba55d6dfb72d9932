{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('photo_upload', [
    'editing_tool_adoption',
    'metadata_feature_adoption',
    'upload_abandonment_rate',
    'upload_draft_save_rate',
    'upload_failure_rate',
    'upload_failure_rate_by_step',
    'upload_funnel_conversion',
    'upload_responsiveness_issue_rate',
    'upload_retry_success_rate',
    'upload_step_duration',
    'upload_success_rate',
    'upload_time_percentiles',
    'upload_top_error_codes',
]) }}
