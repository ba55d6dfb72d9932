{#- Whatever belongs to a flow needs its start. -#}
{%- set references = [] -%}
{%- for event in [
    'upload_media_selected',
    'upload_edit_screen_opened',
    'upload_caption_screen_opened',
    'upload_attempt_started',
    'upload_success',
    'upload_failure',
    'upload_retry_attempt',
    'upload_edit_action',
    'upload_metadata_added',
    'upload_draft_saved',
    'client_performance_metric',
    'app_responsiveness_issue',
] -%}
    {%- do references.append({
        'event': event,
        'field': 'session_id',
        'parent': 'fct_photo_upload__flows',
        'day': 'flow_date',
        'matches': {'session_id': 'events.session_id', 'user_id': 'events.user_id'},
    }) -%}
{%- endfor -%}

{{ orphaned_events('photo_upload', references) }}
