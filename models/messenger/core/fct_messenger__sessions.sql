select
    session_id,
    user_id,
    event_at as started_at,
    received_at,
    cast(event_at as date) as session_date
from {{ recent(ref('stg_messenger__app_session_start'), days_before=0) }}
{{ in_order_of('session_date') }}
