{#-
    A quantile in many cells, judged by its dual: that 90 % of all uploads take less than 8 seconds says that the share
    of those that do is at least 0.9, and a share has an interval and adds up. Which cell is the worst, and whether it is
    so beyond chance, is told by the dual (observe_worst_member); what is observed is that cell's quantile, null where
    it lies among the failures.
-#}

{% macro observe_dual(target, metric_values) %}
    {%- set dual = dict(target) -%}
    {%- do dual.update(dict(target.dual, interval='wilson', dual=none)) %}
    with

    worst_cell as (

        {{ observe_worst_member(dual, metric_values) | trim | indent(8) }}

    ),

    {{ target_series(target, metric_values) | trim }},

    quantiles as (

        select
            member,
            {{ over_periods(target, latest(target.periods)) }} as quantile
        from series
        group by member

    )

    select
        worst_cell.window_start,
        worst_cell.window_end,
        worst_cell.periods,
        worst_cell.is_mature,
        {{ no_number() }} as baseline_value,
        quantiles.quantile as observed,
        {{ no_number() }} as difference,
        {{ no_number() }} as interval_low,
        {{ no_number() }} as interval_high,
        worst_cell.p_value,
        worst_cell.worst_member,
        worst_cell.is_worse_beyond_chance
    from worst_cell
    left join quantiles
        on worst_cell.worst_member = quantiles.member
{% endmacro %}
