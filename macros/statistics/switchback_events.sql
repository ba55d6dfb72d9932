{#-
    The events of a switchback with the unit that each happened in, as experiment_units takes them: one row per
    event in a window, with its columns and unit_id. Events outside all windows are left out.

    assignments     a relation as switchback_exposures takes it; a window that is there twice counts once
    events          a relation with zone_id and event_at, the time that decides the window (an order's, when it was
                    placed), and no unit_id
    window_minutes  the length of a window, whose end belongs to the next
-#}

{% macro switchback_events(assignments, events, window_minutes) %}
    select
        events.*,
        {{ switchback_unit('windows') }} as unit_id
    from {{ events }} as events
    inner join (
        select distinct
            zone_id,
            window_start
        from {{ assignments }}
    ) as windows
        on
            events.zone_id = windows.zone_id
            and events.event_at >= windows.window_start
            and events.event_at < {{ dbt.dateadd('minute', window_minutes, 'windows.window_start') }}
{% endmacro %}
