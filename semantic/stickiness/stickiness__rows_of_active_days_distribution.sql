{{ rows_of_metric('mart_active_days_distribution', 'monthly_users', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_months'),
], 'month_start', ref('dim_stickiness__dates')) }}
