{#-
    A sum over flow steps that is one of the member's own where it is sliced by step. In every other slice it is one of
    a single step, or a flow would count once for each of its steps.
-#}

{% macro sum_of_step(amount, otherwise) %}
    {%- set of_one_step = "sum(case when step = '" ~ otherwise ~ "' then " ~ amount ~ " end)" -%}
    {%- if 'step' in published_slices() -%}
        case when grouping(step) = 0 then sum({{ amount }}) else {{ of_one_step }} end
    {%- else -%}
        {{- of_one_step -}}
    {%- endif -%}
{% endmacro %}
