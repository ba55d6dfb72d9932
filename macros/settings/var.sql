{#-
    dbt's own var, but no value of a setting is believed unseen: a wrong one stops here, wherever it is read first. Models
    are rendered when dbt parses, long before check_settings can run; what is rendered after that has been looked at.
-#}

{% macro var(name) %}
    {%- set value = builtins.var(name, *varargs, **kwargs) -%}
    {%- set declared = [] if execute else declared_settings() -%}
    {%- for setting in declared if setting.name == name and builtins.var.has_var(name) -%}
        {%- if value_problems(setting, value, name) -%}
            {{- refuse(setting_problems()) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(value) -}}
{% endmacro %}
