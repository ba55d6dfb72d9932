{{ stage_event('photo_upload', 'upload_media_selected') }}
