{{ stage_event('photo_upload', 'upload_edit_screen_opened') }}
