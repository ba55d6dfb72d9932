{#- A text as an SQL literal, whatever quotes and backslashes it has; Spark takes a backslash for an escape. -#}

{% macro sql_text(text) -%}
    {{ return(adapter.dispatch('sql_text', 'gsmt')(text | string)) }}
{%- endmacro %}

{% macro duckdb__sql_text(text) %}
    {{- return("'" ~ text | replace("'", "''") ~ "'") -}}
{% endmacro %}

{% macro spark__sql_text(text) %}
    {{- return("'" ~ text | replace('\\', '\\\\') | replace("'", "\\'") ~ "'") -}}
{% endmacro %}


{#- Texts as a list of SQL literals to be `in`; without any, nothing is in it. -#}
{% macro sql_texts(texts) %}
    {%- set literals, literal = [], adapter.dispatch('sql_text', 'gsmt') -%}
    {%- for text in texts -%}
        {%- do literals.append(literal(text | string)) -%}
    {%- endfor -%}
    {{- return(literals | join(', ') or 'null') -}}
{% endmacro %}
