{{ target_status('stickiness', ref('stickiness__metric_values')) }}
