{#-
    A query of one row per unit and day since its first exposure: unit_id, variant, day_since_exposure and
    the values of that day, zero if it had no events. Day 0 is the first 24 hours. With
    sufficient_statistics and mean_difference by day_since_exposure it shows whether an effect is a
    novelty that fades or is learned with time.

    exposures       a relation with unit_id, variant, exposed_at, none of them null
    events          a relation with unit_id, event_at
    values          {name: expression over `events`}, summed over the events of the day
    days            number of days, a literal
    observed_until  a timestamp expression: until when all events are known

    Only units observed for all of the days count, so that every day is of the same units; a unit seen in
    two variants is dropped.
-#}

{% macro experiment_unit_days(exposures, events, values, days, observed_until) %}
    {%- set integer, double = engine_type('integer'), engine_type('double') %}
    {%- set elapsed = seconds_between('units.exposed_at', 'events.event_at') %}
    with observed_units as (

        select
            unit_id,
            variant,
            exposed_at
        from ({{ first_exposures(exposures) }}) as units
        where
            not in_several_variants
            and {{ seconds_between('exposed_at', observed_until) }} >= 86400 * {{ days }}

    ),

    days as (
        {% for day in range(days) %}
        select cast({{ day }} as {{ integer }}) as day_since_exposure
        {{- ' union all' if not loop.last }}
        {%- endfor %}

    ),

    unit_events as (

        select
            units.unit_id,
            cast(floor({{ elapsed }} / 86400) as {{ integer }}) as day_since_exposure
            {%- for name, expression in values.items() %},
            {{ expression }} as {{ name }}
            {%- endfor %}
        from observed_units as units
        inner join {{ events }} as events on units.unit_id = events.unit_id
        where
            events.event_at >= units.exposed_at
            and {{ elapsed }} < 86400 * {{ days }}

    )

    select
        units.unit_id,
        units.variant,
        days.day_since_exposure
        {%- for name in values %},
        cast(coalesce(sum(unit_events.{{ name }}), 0) as {{ double }}) as {{ name }}
        {%- endfor %}
    from observed_units as units
    cross join days
    left join unit_events
        on
            units.unit_id = unit_events.unit_id
            and days.day_since_exposure = unit_events.day_since_exposure
    group by
        units.unit_id,
        units.variant,
        days.day_since_exposure
{% endmacro %}
