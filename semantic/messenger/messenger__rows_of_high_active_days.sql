{{ rows_of_metric('mart_high_active_days', 'monthly_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__engagement_scores'),
], 'month_start', ref('dim_messenger__dates')) }}
