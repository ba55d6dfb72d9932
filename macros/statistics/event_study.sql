{#-
    A query of one row per period around a launch: the difference in differences of each against the last
    period before it. Columns: the period's number, phase (lead before the reference, reference, lag after it),
    those of standardised_difference, and adjusted_p_value, Holm's among the leads or among the lags.

    panel                a relation with one row per unit and period: unit_id, variant, and the columns used below,
                         every unit in every period (zero_filled_panel)
    value                expression over the panel
    period               name of its column that numbers the periods
    treated, comparison  names of the two variants
    reference            number of the period that the others are compared with
    strata, cluster, by  as standardised_difference takes them

    In each period a unit has one change since the reference, so errors are those between units, whatever its
    periods have to do with each other. Leads show whether both groups changed alike before (pre_trend_check),
    lags how an effect grows or fades. Agrees with a regression of each period's changes in statsmodels (HC2) to
    1e-9 relative.
-#}

{% macro event_study(
    panel, value, period, treated, comparison, reference=-1, strata=[], cluster=none, by=[]
) %}
    {%- set keys = by + [period] %}
    {%- set numbers = [
        'treated_units', 'comparison_units', 'clusters', 'strata', 'overlap', 'treated_value', 'counterfactual',
        'difference', 'standard_error', 'degrees_of_freedom', 'interval_low', 'interval_high', 'lift', 'lift_low',
        'lift_high',
    ] %}
    with reference_values as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            unit_id,
            {{ value }} as reference_value
        from {{ panel }}
        where {{ period }} = {{ reference }}

    ),

    changes as (

        select
            panel.*,
            reference_values.reference_value
        from {{ panel }} as panel
        {{ joined_on('reference_values', 'panel', by + ['unit_id']) | indent(8) }}

    ),

    period_differences as (
        {{ difference_in_differences(
            'changes', 'reference_value', value, treated, comparison, strata=strata, cluster=cluster, by=keys,
        ) | indent(4) }}
    ),

    phases as (

        select
            *,
            case
                when {{ period }} < {{ reference }} then 'lead'
                when {{ period }} = {{ reference }} then 'reference'
                else 'lag'
            end as phase
        from period_differences

    )

    {{ holm_adjusted('phases', keys + numbers, family=by + ['phase']) }}
{% endmacro %}
