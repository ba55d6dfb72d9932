{#-
    Vars of this run that look like one of the known ones and are not, as a list of sentences. Any other may be a
    package's, and is left alone.
-#}

{% macro misspelt_vars(given, known) %}
    {%- set problems = [] -%}
    {%- for name in given if name not in known -%}
        {%- for meant in known if is_near(name, meant) -%}
            {%- if loop.first -%}
                {%- do problems.append(name ~ ': there is no such setting; did you mean ' ~ meant ~ '?') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- Whether one name begins with the other, or at most a third of its characters differ. -#}
{% macro is_near(name, known) %}
    {%- set name = name | string | lower -%}
    {{- return(
        (name | length >= 4 and (name.startswith(known) or known.startswith(name)))
        or edit_distance(name, known) <= known | length // 3
    ) -}}
{% endmacro %}


{#- How many characters have to be put in, left out or replaced to make one text of another (Levenshtein). -#}
{% macro edit_distance(one, other) %}
    {%- set rows = [range(other | length + 1) | list] -%}
    {%- for character in one -%}
        {%- set row = [loop.index] -%}
        {%- set above = rows[-1] -%}
        {%- for wanted in other -%}
            {%- do row.append([
                row[-1] + 1,
                above[loop.index] + 1,
                above[loop.index0] + (0 if character == wanted else 1),
            ] | min) -%}
        {%- endfor -%}
        {%- do rows.append(row) -%}
    {%- endfor -%}
    {{- return(rows[-1][-1]) -}}
{% endmacro %}
