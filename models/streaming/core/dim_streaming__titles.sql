{%- set new_days = streaming_thresholds().new_days -%}
select
    title_id,
    kind,
    genre,
    cast(runtime_ms as {{ engine_type('integer') }}) as runtime_ms,
    cast(added_on as date) as added_on,
    cast(removed_on as date) as removed_on,
    cast({{ dbt.dateadd('day', new_days, 'cast(added_on as date)') }} as date) as new_until,
    cast(premiered_on as date) as premiered_on,
    cast({{ dbt.dateadd('day', 7, 'cast(premiered_on as date)') }} as date) as first_week_until,
    cast(is_flagship as boolean) as is_flagship
from {{ ref('streaming__titles') }}
