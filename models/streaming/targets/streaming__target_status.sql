{{ target_status('streaming', ref('streaming__metric_values')) }}
