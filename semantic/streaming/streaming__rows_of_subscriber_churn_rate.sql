{{ rows_of_metric('mart_subscriber_churn_rate', 'subscriber_months', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__subscriber_months'),
    ref('fct_streaming__subscription_spells'),
], 'month_start', ref('dim_streaming__dates')) }}
