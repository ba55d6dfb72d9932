{%- set experiment = quick_access_experiment() %}
{%- set users = ref('fct_cloud_storage__experiment_users') %}
{%- do experiment.update({
    'days_observed': '(select max(exposed_days) from ' ~ users ~ ')',
}) %}

with

readout as (

    {{ experiment_readout(users, ref('cloud_storage__experiment_split'), experiment) | trim | indent(4) }}

),

dropped_users as (

    select count(*) as units_in_several_variants
    from {{ ref('dim_cloud_storage__users') }}
    where in_several_variants

)

select
    readout.*,
    dropped_users.units_in_several_variants
from readout
cross join dropped_users
