select
    user_id,
    message_date,
    conversation_id,
    count(*) as messages,
    count(case when is_reaction then 1 end) as reactions
from {{ recent(ref('fct_messenger__messages'), days_before=0) }}
group by
    user_id,
    message_date,
    conversation_id
{{ in_order_of('message_date') }}
