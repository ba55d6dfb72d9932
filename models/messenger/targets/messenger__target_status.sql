{{ target_status('messenger', ref('messenger__metric_values')) }}
