-- Groups are compared on the rows themselves: depends_on: {{ ref('fct_ride_sharing__rides') }}
{{ target_status('ride_sharing', ref('ride_sharing__metric_values')) }}
