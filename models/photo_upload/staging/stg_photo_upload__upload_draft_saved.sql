{{ stage_event('photo_upload', 'upload_draft_saved') }}
