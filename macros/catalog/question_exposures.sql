{#- The exposures that hold a question and its goals, in the order of the questions' ids. -#}

{% macro question_exposures() %}
    {%- set exposures = [] -%}
    {%- if execute -%}
        {%- for exposure in graph.exposures.values() if exposure.config.meta.get('gsmt') -%}
            {%- do exposures.append({
                'facts': exposure.config.meta.gsmt,
                'question': exposure.config.meta.gsmt.question,
                'name': exposure.name,
                'title': exposure.label,
                'description': exposure.description,
            }) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(exposures | sort(attribute='question')) -}}
{% endmacro %}


{#- Names of the signals that would show the goal of an area, in their order; the YAML of each says so. -#}
{% macro signals_of_area(area) %}
    {%- set names = [] -%}
    {%- for node in signal_models() if area in node.config.meta.gsmt.get('areas', []) -%}
        {%- do names.append(node.config.meta.gsmt.signal) -%}
    {%- endfor -%}
    {{- return(names | sort) -}}
{% endmacro %}
