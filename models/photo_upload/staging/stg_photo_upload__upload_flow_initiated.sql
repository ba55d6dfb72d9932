{{ stage_event('photo_upload', 'upload_flow_initiated') }}
