{%- set windows = ref('fct_food_delivery__switchback_windows') %}

with

{{ batching_exposures() | trim }},

{{ batching_planned_window() | trim }},

readout as (

    {{ experiment_readout(
        windows,
        ref('food_delivery__experiment_split'),
        batching_experiment(),
        window='planned_window',
    ) | trim | indent(4) }}

),

dropped_windows as (

    {{ experiment_dropped_units('exposures', window='planned_window') | trim | indent(4) }}

)

select
    readout.*,
    dropped_windows.units_dropped as units_in_several_variants
from readout
cross join dropped_windows
