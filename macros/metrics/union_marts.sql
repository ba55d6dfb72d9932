{#-
    The union of a scenario's marts, each row with the id of its metric. dbt needs to see each ref, so they are
    listed (scripts.sync writes the list); that none is missing is checked against the marts of the project.
-#}

{% macro union_marts(scenario, metrics) %}
    {%- set relations = [] -%}
    {%- for metric in metrics -%}
        {%- do relations.append(ref('mart_' ~ metric)) -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for mart in metric_marts(scenario) if mart.config.meta.gsmt.metric not in metrics -%}
            {{- exceptions.raise_compiler_error(
                mart.config.meta.gsmt.metric ~ ' has a mart but is not listed in ' ~ this.identifier
                ~ ': run `python -m scripts.sync`'
            ) -}}
        {%- endfor -%}
    {%- endif -%}
    {%- for metric in metrics %}
select
    {{ sql_text(metric) }} as metric_id,
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    numerator,
    denominator,
    value,
    is_complete
from {{ relations[loop.index0] }}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- endfor %}
{% endmacro %}
