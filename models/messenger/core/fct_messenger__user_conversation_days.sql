select
    user_id,
    message_date,
    conversation_id,
    count(*) as messages
from {{ ref('fct_messenger__messages') }}
group by
    user_id,
    message_date,
    conversation_id
