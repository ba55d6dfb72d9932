select
    episode_id,
    title_id,
    cast(season as {{ engine_type('integer') }}) as season,
    cast(episode_number as {{ engine_type('integer') }}) as episode_number,
    cast(runtime_ms as {{ engine_type('integer') }}) as runtime_ms,
    cast(released_on as date) as released_on
from {{ ref('streaming__episodes') }}
