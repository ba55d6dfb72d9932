{%- set users = ref('fct_cloud_storage__experiment_users') %}

with

{{ quick_access_exposures() | trim }},

{{ quick_access_planned_window() | trim }},

readout as (

    {{ experiment_readout(
        users,
        ref('cloud_storage__experiment_split'),
        quick_access_experiment(),
        window='planned_window',
    ) | trim | indent(4) }}

),

dropped_users as (

    {{ experiment_dropped_units('exposures', window='planned_window') | trim | indent(4) }}

)

select
    readout.*,
    dropped_users.units_dropped as units_in_several_variants
from readout
cross join dropped_users
