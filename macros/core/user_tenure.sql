{#- new or established: whether a user is still within new_user_days of the first use on that day. -#}

{% macro user_tenure(day, new_until) -%}
    case when {{ day }} < {{ new_until }} then 'new' else 'established' end
{%- endmacro %}
