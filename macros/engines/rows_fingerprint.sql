{#-
    An aggregate: a text that is another one as soon as a row of the relation, named by its alias, is another one.
    A sum, since of two rows that are alike a bitwise one would see nothing.
-#}

{% macro rows_fingerprint(relation) %}
    {{- adapter.dispatch('rows_fingerprint', 'gsmt')(relation) -}}
{% endmacro %}

{% macro duckdb__rows_fingerprint(relation) -%}
    cast(sum(cast(hash({{ relation }}) as hugeint)) as varchar)
{%- endmacro %}

{% macro spark__rows_fingerprint(relation) -%}
    cast(sum(cast(xxhash64(struct({{ relation }}.*)) as decimal(38, 0))) as string)
{%- endmacro %}
