{#-
    Every setting of every scenario as docs/settings.md shows it, entries of a mapping that have defaults after it: a
    list of {scenario, name, default, rule, meaning}, the scenario null where all have it.
-#}

{% macro documented_settings() %}
    {%- set documented = [] -%}
    {%- for scenario in [none] + all_scenarios() -%}
        {%- for setting in (settings() if scenario is none else settings_of_scenario(scenario)) -%}
            {%- set default = builtins.var(setting.name, setting.get('default')) -%}
            {%- do documented.append(documented_setting(scenario, setting, setting.name, default)) -%}
            {%- for entry in setting.get('entries', []) if 'default' in entry -%}
                {%- do documented.append(
                    documented_setting(scenario, entry, setting.name ~ '.' ~ entry.name, entry.default)
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(documented) -}}
{% endmacro %}


{% macro documented_setting(scenario, setting, name, default) %}
    {{- return({
        'scenario': scenario,
        'name': name,
        'default': default,
        'rule': rule_in_words(setting),
        'meaning': setting.meaning,
    }) -}}
{% endmacro %}
