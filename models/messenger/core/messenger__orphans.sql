select
    'message_received' as event_name,
    events.event_id,
    events.event_at,
    'message_id' as reference_field,
    events.message_id as missing_value,
    'fct_messenger__messages' as expected_in
from {{ ref('stg_messenger__message_received') }} as events
where
    not exists (
        select 1
        from {{ ref('fct_messenger__messages') }} as messages
        where messages.message_id = events.message_id
    )
