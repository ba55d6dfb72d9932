{#-
    The relative change of the member of a dimension that was the largest in the window before, such as the step that
    most people left at or the commonest error code. It is chosen there and then followed: chosen anew in each window,
    the largest of the one would be compared with another thing, and chosen by the window that is judged, it would be
    one that was large by luck before and falls back by itself (regression to the mean). `worst_member` names it.
-#}

{% macro observe_followed_growth(target, metric_values) %}
    with

    {{ target_series(target, metric_values) | trim }},

    judged_window as (

        select
            min(period_start) {{ latest(target.periods) }} as window_start,
            max(period_start) as window_end,
            count(distinct period_start) as periods
        from series

    ),

    members as (

        select
            member,
            {{ over_periods(target, latest(target.periods)) }} as current_value,
            {{ over_periods(target, latest_before(target.periods)) }} as baseline_value
        from series
        group by member

    ),

    ranked_members as (

        select
            *,
            row_number() over (order by baseline_value desc, member) as place
        from members
        where baseline_value is not null

    )

    select
        judged_window.window_start,
        judged_window.window_end,
        judged_window.periods,
        judged_window.periods >= {{ 2 * target.periods }} as is_mature,
        followed.baseline_value,
        followed.current_value / nullif(followed.baseline_value, 0) - 1 as observed,
        {{ no_number() }} as difference,
        {{ no_number() }} as interval_low,
        {{ no_number() }} as interval_high,
        {{ no_number() }} as p_value,
        followed.member as worst_member
    from judged_window
    left join ranked_members as followed on followed.place = 1
{% endmacro %}
