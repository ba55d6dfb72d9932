{#-
    The end of a model that reads an experiment out in its planned window: the rows of experiment_readout, and beside
    them how many units were seen in several variants. The model has the CTEs `exposures` and `planned_window` before it.

    units       a relation with one row per unit, as experiment_readout takes it
    split       that of its sample_ratio_mismatch
    experiment  its declaration
-#}

{% macro planned_readout(units, split, experiment) %}
readout as (

    {{ experiment_readout(units, split, experiment, window='planned_window') | trim | indent(4) }}

),

dropped_units as (

    {{ experiment_dropped_units('exposures', window='planned_window') | trim | indent(4) }}

)

select
    readout.*,
    dropped_units.units_dropped as units_in_several_variants
from readout
cross join dropped_units
{% endmacro %}
