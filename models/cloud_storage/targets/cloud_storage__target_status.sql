-- Groups are compared in the readout: depends_on: {{ ref('cloud_storage__experiment_readout') }}
{{ target_status('cloud_storage', ref('cloud_storage__metric_values')) }}
