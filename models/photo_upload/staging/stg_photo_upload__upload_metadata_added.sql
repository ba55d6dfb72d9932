{{ stage_event('photo_upload', 'upload_metadata_added') }}
