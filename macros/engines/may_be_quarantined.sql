{#-
    The condition that a row is worth a closer look: it breaks a rule, or its id is among those that several rows have.
    Spark looks at every row: it plans all rules once more where a condition names them, and runs out of memory on that.
-#}

{% macro may_be_quarantined(is_rejected, event_id, repeated_ids) %}
    {{- adapter.dispatch('may_be_quarantined', 'gsmt')(is_rejected, event_id, repeated_ids) -}}
{% endmacro %}

{% macro duckdb__may_be_quarantined(is_rejected, event_id, repeated_ids) -%}
    ({{ is_rejected }} or {{ event_id }} in (select repeated.event_id from {{ repeated_ids }} as repeated))
{%- endmacro %}

{% macro spark__may_be_quarantined(is_rejected, event_id, repeated_ids) -%}
    1 = 1
{%- endmacro %}
