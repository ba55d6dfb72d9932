{#-
    A target is not missed, by the mart as it is now and with the settings of this run: target_status judges in
    the same way, but may be older. Fails or warns as the target's severity says, which can be overridden with
    the threshold. What it found is printed at the end of the run (report_targets).
-#}

{% test target_is_met(model, scenario, target) %}

{{ config(
    severity='error',
    fail_calc="coalesce(max(case when severity = 'error' then 2 else 1 end), 0)",
    error_if='> 1',
    warn_if='> 0',
) }}

-- The end of the line, or a missed target would block what is built from the mart:
-- depends_on: {{ ref(scenario ~ '__missed_targets') }}
{%- if execute %}
{%- set mart = graph.nodes[context.model.attached_node] %}
select *
from (
    {{ judge_target(declared_target(mart.name, target)) | trim | indent(4) }}
) as judged
where status = 'missed'
{%- endif %}

{% endtest %}
