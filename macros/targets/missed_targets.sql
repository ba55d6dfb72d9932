{#- The missed targets of a scenario, from its target status: what to act on, and who does. -#}

{% macro missed_targets(target_status) %}
select
    target_id,
    metric_id,
    observed,
    operator,
    threshold,
    upper_threshold,
    window_start,
    window_end,
    severity,
    owner
from {{ target_status }}
where status = 'missed'
{% endmacro %}
