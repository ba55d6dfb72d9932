{#- The value of a polynomial of x as an SQL expression, coefficients from the highest power down. -#}

{% macro horner(x, coefficients) -%}
    {%- set ns = namespace(sum='%.16e' % coefficients[0]) -%}
    {%- for coefficient in coefficients[1:] -%}
        {%- set ns.sum = '(' ~ ns.sum ~ ' * (' ~ x ~ ') + ' ~ '%.16e' % coefficient ~ ')' -%}
    {%- endfor -%}
    {{- ns.sum -}}
{%- endmacro %}
