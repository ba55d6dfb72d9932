select
    conversation_id,
    user_id,
    event_at as created_at,
    received_at,
    cast(event_at as date) as creation_date,
    {{ list_length('participant_user_ids_list') }} as participants
from {{ recent(ref('stg_messenger__conversation_created'), days_before=0) }}
{{ in_order_of('creation_date') }}
