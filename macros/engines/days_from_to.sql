{#- A table expression of every date from a first to a last one, both included, in column date_day. -#}

{% macro days_from_to(first_day, last_day, relation) %}
    {{- adapter.dispatch('days_from_to', 'gsmt')(first_day, last_day, relation) -}}
{% endmacro %}

{% macro duckdb__days_from_to(first_day, last_day, relation) %}
    select cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date) as date_day
    from {{ relation }}
{% endmacro %}

{#- Spark refuses a sequence that ends before it begins, where DuckDB's is empty. -#}
{% macro spark__days_from_to(first_day, last_day, relation) %}
    select explode(
        case
            when {{ first_day }} <= {{ last_day }}
                then sequence({{ first_day }}, {{ last_day }}, interval 1 day)
        end
    ) as date_day
    from {{ relation }}
{% endmacro %}
