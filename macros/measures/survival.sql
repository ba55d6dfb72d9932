{#-
    A query of one row per group and duration at which something happened or somebody was last seen: the survival curve
    of Kaplan and Meier (1958). Columns: those of `by`, duration, at_risk (units whose duration is not shorter), events,
    censored (seen no longer, and without an event until then), survival (the share that lasts longer than the duration) and
    standard_error (Greenwood's, null where survival is 0).

    rows      a relation with one row per unit, or with a column of how many units a row stands for
    duration  the column with how long it lasted, or was seen to last; null counts for nothing
    is_event  a condition: whether it ended then; without one it was only not seen any longer
    by        names of the columns that it is grouped by
    units     the number of units of one row

    The product is taken as a sum of logarithms: relative error below 1e-12.
-#}

{% macro survival(rows, duration, is_event, by=[], units='1') %}
    {%- set keys = (by | join(', ') ~ ', ') if by else '' %}
    {%- set over = 'over (' ~ ('partition by ' ~ by | join(', ') ~ ' ' if by) ~ 'order by duration' %}
    {%- set log_survival -%}
        sum(case when at_risk > events then ln(1 - 1e0 * events / at_risk) end) {{ over }})
    {%- endset %}
    with durations as (

        select
            {{ keys }}{{ duration }} as duration,
            sum(case when {{ is_event }} then {{ units }} else 0 end) as events,
            sum({{ units }}) as units
        from {{ rows }}
        where {{ duration }} is not null
        group by {{ keys }}{{ duration }}

    ),

    risks as (

        select
            durations.*,
            sum(units) {{ over }} desc) as at_risk
        from durations

    )

    select
        {{ keys }}duration,
        at_risk,
        events,
        units - events as censored,
        case when min(at_risk - events) {{ over }}) = 0 then 0 else exp({{ log_survival }}) end as survival,
        case
            when min(at_risk - events) {{ over }}) > 0
                then exp({{ log_survival }})
                    * sqrt(sum(1e0 * events / nullif(1e0 * at_risk * (at_risk - events), 0)) {{ over }}))
        end as standard_error
    from risks
{% endmacro %}
