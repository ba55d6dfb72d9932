select
    receipts.event_id as receipt_id,
    receipts.message_id,
    messages.conversation_id,
    receipts.user_id,
    receipts.event_at as reached_at,
    receipts.received_at,
    cast(receipts.event_at as date) as receipt_date
from {{ ref('stg_messenger__message_received') }} as receipts
inner join {{ ref('fct_messenger__messages') }} as messages
    on receipts.message_id = messages.message_id
