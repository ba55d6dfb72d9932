{%- set users = ref('fct_news_feed__experiment_users') %}

with

{{ feed_ranking_exposures() | trim }},

{{ feed_ranking_planned_window() | trim }},

readout as (

    {{ experiment_readout(
        users,
        ref('news_feed__experiment_split'),
        feed_ranking_experiment(),
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
