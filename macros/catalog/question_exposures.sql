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
