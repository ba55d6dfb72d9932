{#- An aggregate: the texts of all rows in one, sorted, with a separator; null if there is none. -#}

{% macro joined_texts(text, separator) %}
    {{- adapter.dispatch('joined_texts', 'gsmt')(text, separator) -}}
{% endmacro %}

{% macro duckdb__joined_texts(text, separator) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ text }})
{%- endmacro %}
