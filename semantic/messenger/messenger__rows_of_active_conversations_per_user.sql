{{ rows_of_metric('mart_active_conversations_per_user', 'conversation_days', [
    ref('dim_messenger__dates'),
    ref('dim_messenger__users'),
    ref('fct_messenger__messages'),
    ref('fct_messenger__user_conversation_days'),
], 'message_date', ref('dim_messenger__dates')) }}
