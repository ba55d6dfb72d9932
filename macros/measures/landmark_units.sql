{#-
    A query of one row per unit for a landmark comparison: unit_id, the columns to keep, landmark_state, variant
    and the values. What a unit did until the landmark decides its group, and the outcome lies after it.

    population          a relation with one row per unit: unit_id, started_at, and ended_at, null where it goes
                        on; and the columns to keep
    events              a relation with unit_id, event_at
    is_treated          condition over `events`: a unit is treated if it holds for one of its events on days 0
                        to landmark_day since its start
    values              {name: expression over `events`}, summed over days first_day to last_day
    landmark_day        the day that decides; day 0 is that of the start, UTC
    first_day, last_day the days of the outcome, after the landmark
    observed_until      a date expression: the last complete day
    columns             names of columns of the population to keep, known at the landmark

    landmark_state is `ended` if the unit had ended by the landmark, `pending` if its last outcome day is not
    complete, else `compared`; only then are variant (`treated` or `comparison`) and values not null, so the
    comparisons of variants leave the others out, and counts by state add up to the population.

    Who is told apart by having ever used a thing has lived to use it, and so outlives the others whatever the
    thing does (immortal time): Anderson, Cain and Gelber, "Analysis of survival by tumor response" (1983). A
    landmark mends that, not who chooses to use it early: what comes of it is descriptive. Against Polars, exactly.
-#}

{% macro landmark_units(
    population, events, is_treated, values, landmark_day, first_day, last_day, observed_until, columns=[]
) %}
    {%- if not landmark_day < first_day <= last_day -%}
        {{- exceptions.raise_compiler_error(
            'landmark_units: the outcome, days ' ~ first_day ~ ' to ' ~ last_day
            ~ ', must begin after the landmark, day ' ~ landmark_day ~ ', and not end before it begins'
        ) -}}
    {%- endif -%}
    {%- set day = days_between('cast(units.started_at as date)', 'cast(events.event_at as date)') %}
    with states as (

        select
            *,
            case
                when {{ days_between('cast(started_at as date)', 'cast(ended_at as date)') }} <= {{ landmark_day }}
                    then 'ended'
                when {{ days_between('cast(started_at as date)', observed_until) }} >= {{ last_day }} then 'compared'
                else 'pending'
            end as landmark_state
        from {{ population }}

    )

    select
        units.unit_id,
        {%- for column in columns %}
        units.{{ column }},
        {%- endfor %}
        units.landmark_state,
        case
            when units.landmark_state <> 'compared' then null
            when max(
                case when {{ day }} between 0 and {{ landmark_day }} and ({{ is_treated }}) then 1 end
            ) = 1 then 'treated'
            else 'comparison'
        end as variant
        {%- for name, expression in values.items() %},
        case
            when units.landmark_state = 'compared'
                then {{ sum_or_zero(day ~ ' between ' ~ first_day ~ ' and ' ~ last_day, expression) }}
        end as {{ name }}
        {%- endfor %}
    from states as units
    left join {{ events }} as events on units.unit_id = events.unit_id
    group by
        units.unit_id,
        {%- for column in columns %}
        units.{{ column }},
        {%- endfor %}
        units.landmark_state
{% endmacro %}
