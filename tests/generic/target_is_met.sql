{#-
    A target is not missed. Reads the scenario's target status, as every other judge of targets
    does, through the view of what was missed. Fails or warns as the target's severity says, which can be overridden with the threshold.
-#}

{% test target_is_met(model, scenario, target) %}

{{ config(
    severity='error',
    fail_calc="coalesce(max(case when severity = 'error' then 2 else 1 end), 0)",
    error_if='> 1',
    warn_if='> 0',
) }}

select *
from {{ ref(scenario ~ '__missed_targets') }}
where
    target_id = '{{ target }}'
    and metric_id = '{{ model.identifier | replace('mart_', '', 1) }}'

{% endtest %}
