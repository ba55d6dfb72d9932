{#-
    A query of one row: the planned window of an experiment, in which it is decided, and what lies after it.
    Columns: started_on, observed_until (its last complete day so far), days_observed, is_over, later_days,
    later_units (complete days after the plan, and units first exposed on them).

    exposures          a relation with unit_id, variant, exposed_at, none of them null
    experiment         the declaration, as experiment_readout describes it: planned_days, started_on
    last_complete_day  a date expression: until when all exposures and events are known

    Who looks every day and stops at the first p-value below 5 % is wrong far more often than 5 %. So the
    window is fixed beforehand: it starts with the first exposure, unless its start is declared, and what
    comes after planned_days changes nothing in it. Days are those of UTC.
-#}

{% macro experiment_window(exposures, experiment, last_complete_day) %}
    {{- check_experiment(experiment) -}}
    {%- if 'planned_days' not in experiment -%}
        {{- exceptions.raise_compiler_error(
            "experiment '" ~ experiment.id ~ "' has no planned_days, so it has no window"
        ) -}}
    {%- endif -%}
    with first_exposures as (

        select
            unit_id,
            cast(min(exposed_at) as date) as exposed_on
        from {{ exposures }}
        group by unit_id

    ),

    starts as (

        select
            {% if experiment.started_on -%}
            cast('{{ experiment.started_on }}' as date)
            {%- else -%}
            (select min(exposed_on) from first_exposures)
            {%- endif %} as started_on,
            {{ last_complete_day }} as last_complete_day

    ),

    plans as (

        select
            *,
            cast({{ dbt.dateadd('day', experiment.planned_days - 1, 'started_on') }} as date) as planned_until
        from starts

    ),

    observed_plans as (

        select
            *,
            case when planned_until <= last_complete_day then planned_until else last_complete_day end as observed_until
        from plans

    )

    select
        started_on,
        observed_until,
        case
            when observed_until >= started_on then {{ days_between('started_on', 'observed_until') }} + 1
            else 0
        end as days_observed,
        coalesce(observed_until = planned_until, false) as is_over,
        coalesce({{ days_between('observed_until', 'last_complete_day') }}, 0) as later_days,
        (
            select count(*)
            from first_exposures
            inner join observed_plans
                on
                    first_exposures.exposed_on > observed_plans.observed_until
                    and first_exposures.exposed_on <= observed_plans.last_complete_day
        ) as later_units
    from observed_plans
{% endmacro %}


{#- The rows of a relation whose time lies in the window; without a window, all of them. -#}
{% macro within_window(relation, happened_at, window) -%}
    {%- if window -%}
    (
        select happenings.*
        from {{ relation }} as happenings
        inner join {{ window }} as planned_window
            on
                cast(happenings.{{ happened_at }} as date)
                between planned_window.started_on and planned_window.observed_until
    )
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}
