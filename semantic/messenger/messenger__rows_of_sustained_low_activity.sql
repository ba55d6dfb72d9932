{{ rows_of_metric('mart_sustained_low_activity', 'monthly_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__churn_risks'),
], 'month_start', ref('dim_messenger__dates')) }}
