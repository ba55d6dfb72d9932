{{ stage_event('photo_upload', 'upload_caption_screen_opened') }}
