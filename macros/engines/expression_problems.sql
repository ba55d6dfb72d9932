{#-
    What is wrong with an expression over a log, as far as can be told without running it, as a list of ends of
    sentences: that it does not parse, or names a column that the log does not have.
-#}

{% macro expression_problems(expression, columns) %}
    {{- return(adapter.dispatch('expression_problems', 'gsmt')(expression, columns)) -}}
{% endmacro %}

{#- What a lambda or a query in it calls by name is no column, so columns of such an expression are left to DuckDB. -#}
{% macro duckdb__expression_problems(expression, columns) %}
    {%- set parsed = run_query(
        'select json_serialize_sql(' ~ sql_text('select (\n' ~ expression ~ '\n) from a_log') ~ ')'
    ).rows[0][0] -%}
    {%- set message = fromjson(parsed).get('error_message') -%}
    {%- if message -%}
        {{- return(['does not parse: ' ~ message]) -}}
    {%- endif -%}
    {%- set known = columns | map('lower') | list -%}
    {%- set problems = [] -%}
    {%- for names in modules.re.findall('"column_names":(\\[[^]]*\\])', parsed)
        if not modules.re.search('(?i)lambda|->|select', expression) -%}
        {%- if not fromjson(names) | map('lower') | select('in', known) | list -%}
            {%- do problems.append('there is no column ' ~ fromjson(names) | join('.')) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems | unique | list) -}}
{% endmacro %}

{#- Spark has no parser that can be asked; it says itself what is wrong, before anything is built. -#}
{% macro spark__expression_problems(expression, columns) %}
    {{- return([]) -}}
{% endmacro %}
