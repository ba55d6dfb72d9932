{#- The vars that rows of messenger depend on: with another value its daily builds begin anew. -#}

{% macro messenger_settings() %}
    {{- return(['engagement_weights', 'messenger_thresholds']) -}}
{% endmacro %}
