{{ rows_of_metric('mart_conversations_initiated_per_user', 'sent_and_created', [
    ref('dim_messenger__dates'),
    ref('dim_messenger__users'),
    ref('fct_messenger__conversations_created'),
    ref('fct_messenger__user_daily_activity_summary'),
], 'action_date', ref('dim_messenger__dates')) }}
