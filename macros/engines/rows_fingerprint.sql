{#- An aggregate: a text that is another one as soon as a row of the relation, named by its alias, is another one. -#}

{% macro rows_fingerprint(relation) %}
    {{- adapter.dispatch('rows_fingerprint', 'gsmt')(relation) -}}
{% endmacro %}

{% macro duckdb__rows_fingerprint(relation) -%}
    cast(bit_xor(hash({{ relation }})) as varchar)
{%- endmacro %}

{% macro spark__rows_fingerprint(relation) -%}
    cast(bit_xor(xxhash64(struct({{ relation }}.*))) as string)
{%- endmacro %}
