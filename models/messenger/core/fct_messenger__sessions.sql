select
    session_id,
    user_id,
    event_at as started_at,
    received_at,
    cast(event_at as date) as session_date
from {{ ref('stg_messenger__app_session_start') }}
