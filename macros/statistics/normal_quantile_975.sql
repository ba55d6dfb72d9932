{#- The z that leaves 2.5 % in the upper tail: half the width of a 95 % interval, in standard errors. -#}

{% macro normal_quantile_975() -%}
    1.959963984540054e0
{%- endmacro %}
