{#-
    A query of one row per unit and period, for every unit of a population and every period of a window, with
    zero where nothing happened: unit_id, the columns to keep, period_number (0, 1, ...), period_start, and the
    values.

    population   a relation with one row per unit: unit_id, entered_at, and the columns to keep
    events       a relation with unit_id, event_at
    values       {name: expression over `events`}, summed over the events of the period
    period_days  1 for days, 7 for weeks
    window       a relation of one row: first_day, last_day; what is left of it after whole periods does not count
    columns      names of columns of the population to keep, known before the window

    The population is fixed before the window: only units that entered before its first day, and all of them, to
    its end. A mean over those who were active would rise when light users leave, and fall when new ones come. Days
    are those of UTC. Its rows are units times panel_periods. Against Polars, exactly.
-#}

{% macro zero_filled_panel(population, events, values, window, period_days=1, columns=[]) %}
    {%- set integer, double = engine_type('integer'), engine_type('double') %}
    {%- set days_since_start = days_between('panel_window.first_day', 'cast(events.event_at as date)') %}
    with panel_window as (

        select
            first_day,
            last_day
        from {{ window }}

    ),

    panel_periods as (

        select
            days.date_day as period_start,
            cast(
                {{ days_between('panel_window.first_day', 'days.date_day') }} / {{ period_days }} as {{ integer }}
            ) as period_number
        from ({{ days_from_to('first_day', 'last_day', 'panel_window') | trim }}) as days
        cross join panel_window
        where
            mod({{ days_between('panel_window.first_day', 'days.date_day') }}, {{ period_days }}) = 0
            and {{ days_between('days.date_day', 'panel_window.last_day') }} >= {{ period_days - 1 }}

    ),

    panel_units as (

        select
            population.unit_id
            {%- for column in columns %},
            population.{{ column }}
            {%- endfor %}
        from {{ population }} as population
        cross join panel_window
        where cast(population.entered_at as date) < panel_window.first_day

    ),

    unit_periods as (

        select
            events.unit_id,
            cast(floor({{ days_since_start }} / {{ period_days }}) as {{ integer }}) as period_number
            {%- for name, expression in values.items() %},
            sum({{ expression }}) as {{ name }}
            {%- endfor %}
        from {{ events }} as events
        cross join panel_window
        where cast(events.event_at as date) between panel_window.first_day and panel_window.last_day
        group by
            events.unit_id,
            cast(floor({{ days_since_start }} / {{ period_days }}) as {{ integer }})

    )

    select
        panel_units.unit_id,
        {%- for column in columns %}
        panel_units.{{ column }},
        {%- endfor %}
        panel_periods.period_number,
        panel_periods.period_start
        {%- for name in values %},
        cast(coalesce(unit_periods.{{ name }}, 0) as {{ double }}) as {{ name }}
        {%- endfor %}
    from panel_units
    cross join panel_periods
    left join unit_periods
        on
            panel_units.unit_id = unit_periods.unit_id
            and panel_periods.period_number = unit_periods.period_number
{% endmacro %}
