{#- An aggregate: the texts of all rows in one, sorted, with a separator; null if there is none. -#}

{% macro joined_texts(text, separator) %}
    {{- adapter.dispatch('joined_texts', 'gsmt')(text, separator) -}}
{% endmacro %}

{% macro duckdb__joined_texts(text, separator) -%}
    string_agg({{ text }}, {{ sql_text(separator) }} order by {{ text }})
{%- endmacro %}

{% macro spark__joined_texts(text, separator) -%}
    case when count({{ text }}) > 0 then array_join(array_sort(collect_list({{ text }})), {{ sql_text(separator) }}) end
{%- endmacro %}
