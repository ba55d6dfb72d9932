select
    receipts.event_id as receipt_id,
    receipts.message_id,
    messages.conversation_id,
    receipts.user_id,
    receipts.event_at as reached_at,
    receipts.received_at,
    cast(receipts.event_at as date) as receipt_date,
    messages.is_reaction
from {{ recent(ref('stg_messenger__message_received'), days_before=0) }} as receipts
inner join {{ recent(ref('fct_messenger__messages')) }} as messages
    on
        receipts.message_id = messages.message_id
        and {{ happened_near('receipts.event_at', 'messages.message_date') | indent(8) }}
{{ in_order_of('receipt_date') }}
