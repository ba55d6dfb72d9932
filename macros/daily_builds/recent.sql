{#-
    A relation, without the days that an incremental model does not build again and so need not read; all of it
    where the model is built whole. A model that reads events and facts so may say nothing more:

    day          the relation's column with the day or time; without it, the one that its event_time names
    days_before  how many more days the model looks back from the first one it builds; without it, as many as one
                 of its layer may need. What is read in vain costs time only: the days before are not replaced.
-#}

{% macro recent(relation, day=none, days_before=none) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is none -%}
        {{- relation -}}
    {%- else -%}
        {%- set first_read = days_after(first_day, -(usual_days_before() if days_before is none else days_before)) -%}
        (select * from {{ relation }} where {{ day or event_time_of(relation) }} >= cast('{{ first_read }}' as date))
    {%- endif -%}
{% endmacro %}


{#- How many days before the first one it builds a model looks back: config.meta.days_before, or that of its layer. -#}
{% macro usual_days_before() %}
    {%- set usual = period_days() if model.fqn[2] == 'marts' else linked_days() -%}
    {{- return(model.config.meta.get('days_before', usual)) -}}
{% endmacro %}


{#- The column with the day or time of a model's rows. -#}
{% macro event_time_of(relation) %}
    {%- set event_time = graph.nodes['model.' ~ project_name ~ '.' ~ relation.identifier].config.event_time -%}
    {%- if not event_time -%}
        {{- exceptions.raise_compiler_error(
            model.name ~ ' reads recent days of ' ~ relation.identifier ~ ', which has no event_time'
        ) -}}
    {%- endif -%}
    {{- return(event_time) -}}
{% endmacro %}


{#-
    The condition that a day is one that an incremental model builds again, or one of `days_before` these, after
    `keyword`; nothing where it is built whole.
-#}
{% macro only_rebuilt(keyword, day, days_before=0) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is not none -%}
        {{ keyword }} {{ day }} >= cast('{{ days_after(first_day, -days_before) }}' as date)
    {%- endif -%}
{% endmacro %}
