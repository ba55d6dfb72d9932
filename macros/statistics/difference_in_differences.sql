{#-
    A query of one row: how much more the treated changed than a comparison did, with a 95 % interval; the
    columns are those of standardised_difference.

    units                a relation with one row per unit: variant, and the columns used below
    before, after        expressions over the units: their value before the treatment and after it, over windows
                         of the same length, zero for a unit that did nothing (zero_filled_panel)
    treated, comparison  names of the two variants
    strata, cluster, by  as standardised_difference takes them: the change of units alike

    Each unit has one change, after - before, so the user is the cluster: difference = mean change of the treated
    - mean change of the comparison, its error from the changes (Welch). The lift is relative to the
    counterfactual, mean before of the treated + mean change of the comparison, by the delta method; treated_value
    is the treated's mean after. Angrist and Pischke, "Mostly Harmless Econometrics" (2009), chapter 5; Bertrand,
    Duflo and Mullainathan (2004) show what errors by row and day do instead. Agrees with a regression of the
    changes in statsmodels (HC2) to 1e-9 relative.

    It is an effect only if both would have changed alike: event_study and pre_trend_check look at whether they
    did before.
-#}

{% macro difference_in_differences(
    units, before, after, treated, comparison, strata=[], cluster=none, by=[]
) %}
    {{- standardised_difference(
        units, '((' ~ after ~ ') - (' ~ before ~ '))', treated, comparison,
        strata=strata, cluster=cluster, baseline='(' ~ before ~ ')', by=by,
    ) -}}
{% endmacro %}
