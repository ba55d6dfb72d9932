{{ rows_of_metric('mart_active_messaging_days', 'active_days', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__messages'),
    ref('fct_messenger__user_daily_activity_summary'),
], 'activity_date', ref('dim_messenger__dates')) }}
