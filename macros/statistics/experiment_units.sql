{#-
    A query of one row per unit of an experiment: unit_id, variant, exposed_at of the first exposure, the
    segments, and the values. A unit without events has zeros; a unit seen in two variants is dropped
    (experiment_dropped_units counts them).

    exposures   a relation with unit_id, variant, exposed_at, none of them null, and the segments
    events      a relation with unit_id, event_at
    values      {name: expression over `events`}, summed over events at or after the first exposure
    covariates  the same, summed over events strictly before it
    segments    names of columns of the exposures to keep
    window      optional: a relation as experiment_window makes it; exposures and events after it do not
                count, nor exposures before it, and each unit has exposed_days, the days from its first
                exposure to the end, both included
-#}

{% macro experiment_units(exposures, events, values, covariates={}, segments=[], window=none) %}
    select
        units.unit_id,
        units.variant,
        units.exposed_at
        {%- for segment in segments %},
        units.{{ segment }}
        {%- endfor %}
        {%- for name, expression in values.items() %},
        {{ sum_or_zero('events.event_at >= units.exposed_at', expression) }} as {{ name }}
        {%- endfor %}
        {%- for name, expression in covariates.items() %},
        {{ sum_or_zero('events.event_at < units.exposed_at', expression) }} as {{ name }}
        {%- endfor %}
        {%- if window %},
        {{ days_between('cast(units.exposed_at as date)', 'max(planned_window.observed_until)') }} + 1 as exposed_days
        {%- endif %}
    from ({{ first_exposures(within_window(exposures, 'exposed_at', window), segments) }}) as units
    {%- if window %}
    cross join {{ window }} as planned_window
    {%- endif %}
    left join {{ events }} as events
        on
            units.unit_id = events.unit_id
            {%- if window %}
            and cast(events.event_at as date) <= planned_window.observed_until
            {%- endif %}
    where not units.in_several_variants
    group by
        units.unit_id,
        units.variant,
        units.exposed_at
        {%- for segment in segments %},
        units.{{ segment }}
        {%- endfor %}
{% endmacro %}
