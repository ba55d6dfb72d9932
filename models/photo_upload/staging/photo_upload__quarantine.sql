{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('photo_upload', [
    'app_responsiveness_issue',
    'client_performance_metric',
    'upload_attempt_started',
    'upload_caption_screen_opened',
    'upload_draft_saved',
    'upload_edit_action',
    'upload_edit_screen_opened',
    'upload_failure',
    'upload_flow_initiated',
    'upload_media_selected',
    'upload_metadata_added',
    'upload_retry_attempt',
    'upload_success',
]) }}
