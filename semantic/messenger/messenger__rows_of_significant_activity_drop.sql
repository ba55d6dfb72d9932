{{ rows_of_metric('mart_significant_activity_drop', 'monthly_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__churn_risks'),
], 'month_start', ref('dim_messenger__dates')) }}
