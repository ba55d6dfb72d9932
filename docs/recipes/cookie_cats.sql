-- The readout of a published experiment: Cookie Cats, a mobile game, moved its first gate from level 30 to level 40.
-- The file has one row per player: userid, version, sum_game_rounds, retention_1, retention_7.
--
--   dbt show --quiet --target memory --limit -1 --output json \
--     --inline "$(cat docs/recipes/cookie_cats.sql)" --vars '{experiment_file: cookie_cats.csv}'

{%- set experiment = {
    'id': 'cookie_cats_gate',
    'shares': {'gate_30': 0.5, 'gate_40': 0.5},
    'control': 'gate_30',
    'metrics': {
        'retention_1': {
            'label': 'retention after 1 day',
            'role': 'primary',
            'kind': 'proportion',
            'numerator': 'retention_1',
            'good_direction': 'up',
        },
        'retention_7': {
            'label': 'retention after 7 days',
            'role': 'primary',
            'kind': 'proportion',
            'numerator': 'retention_7',
            'good_direction': 'up',
        },
    },
} %}

with units as (

    select
        userid as unit_id,
        version as variant,
        cast(retention_1 as integer) as retention_1,
        cast(retention_7 as integer) as retention_7
    from read_csv('{{ var("experiment_file") }}')

),

split as (
    {{ sample_ratio_mismatch('units', experiment.shares) }}
)

select *
from ({{ experiment_readout('units', 'split', experiment) }}) as readout
order by metric, variant
