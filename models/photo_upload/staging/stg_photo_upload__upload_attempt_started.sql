{{ stage_event('photo_upload', 'upload_attempt_started') }}
