{{ rows_of_metric('mart_messages_sent_per_user', 'active_days', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__messages'),
    ref('fct_messenger__user_daily_activity_summary'),
], 'activity_date', ref('dim_messenger__dates')) }}
