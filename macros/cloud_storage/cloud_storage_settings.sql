{#- The vars that rows of cloud storage depend on: with another value its daily builds begin anew. -#}

{% macro cloud_storage_settings() %}
    {{- return(['quick_access_experiment']) -}}
{% endmacro %}
