{{ target_status('photo_upload', ref('photo_upload__metric_values')) }}
