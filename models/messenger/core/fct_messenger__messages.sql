select
    message_id,
    conversation_id,
    user_id,
    event_at as sent_at,
    received_at,
    message_type,
    character_count,
    media_count,
    cast(event_at as date) as message_date,
    -- Null where the log does not tell what kind of message it was.
    message_type in ('image', 'reaction') as is_rich_media,
    message_type = 'reaction' as is_reaction
from {{ recent(ref('stg_messenger__message_sent'), days_before=0) }}
{{ in_order_of('message_date') }}
