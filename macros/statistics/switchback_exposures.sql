{#-
    The exposures of a switchback, an experiment in which a zone changes its variant from window to window, as
    experiment_units and experiment_window take them: one row per zone and window, with unit_id, variant,
    exposed_at, zone_id, window_start and the segments.

    assignments      a relation with one row per zone and window: zone_id, window_start, variant, none of them
                     null, and the segments
    window_minutes   the length of a window
    washout_minutes  its first minutes, in which what the window before has started still goes on: the unit is
                     exposed from their end, so experiment_units counts nothing of them
    segments         names of columns of the assignments to keep

    Orders of one zone and window share couriers and weather, and what one takes another lacks, so neither is an
    order a unit nor can orders be split: Bojinov, Simchi-Levi and Zhao, "Design and analysis of switchback
    experiments" (2023). The unit is the zone-window, its metrics are ratios of sums over it, and their error, by
    the delta method, is the one clustered by zone-window. Each window needs a draw of its own: of windows that
    alternate the afternoon might be all treated.
-#}

{% macro switchback_exposures(assignments, window_minutes, washout_minutes, segments=[]) %}
    {#- Not while dbt only parses: a setting is refused with all others, before anything is built. -#}
    {%- if execute and not 0 <= washout_minutes < window_minutes -%}
        {{- exceptions.raise_compiler_error(
            'switchback_exposures: a washout of ' ~ washout_minutes ~ ' minutes leaves nothing of windows of '
            ~ window_minutes
        ) -}}
    {%- endif -%}
    select
        {{ switchback_unit('assignments') }} as unit_id,
        assignments.variant,
        {{ dbt.dateadd('minute', washout_minutes, 'assignments.window_start') }} as exposed_at,
        assignments.zone_id,
        assignments.window_start
        {%- for segment in segments %},
        assignments.{{ segment }}
        {%- endfor %}
    from {{ assignments }} as assignments
{% endmacro %}


{#- The name of a zone's window, such as `centre 2026-01-05 18:00:00`. -#}
{% macro switchback_unit(assignments) -%}
    {%- set string = engine_type('string') -%}
    cast({{ assignments }}.zone_id as {{ string }}) || ' ' || cast({{ assignments }}.window_start as {{ string }})
{%- endmacro %}
