{{ stage_event('photo_upload', 'app_responsiveness_issue') }}
