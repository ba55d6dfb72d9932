{{ stage_event('photo_upload', 'upload_retry_attempt') }}
