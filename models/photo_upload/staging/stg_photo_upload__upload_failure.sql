{{ stage_event('photo_upload', 'upload_failure') }}
