{#- Units fell into an experiment's variants as planned: its mismatches are none. Returns them. -#}

{% test experiment_split_is_as_planned(model) %}

select * from {{ model }}

{% endtest %}
