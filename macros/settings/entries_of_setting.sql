{#-
    The entries of a setting that is a mapping, with the defaults of those that are not given: {name: value}.

    name      name of the setting
    declared  the settings among which it is declared, such as messenger_settings()
-#}

{% macro entries_of_setting(name, declared) %}
    {%- set entries = {} -%}
    {%- for setting in declared if setting.name == name -%}
        {%- for entry in setting.entries -%}
            {%- do entries.update({entry.name: entry.default}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do entries.update(var(name, {})) -%}
    {{- return(entries) -}}
{% endmacro %}
