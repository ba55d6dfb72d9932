{{ rows_of_metric('mart_churn_prediction_score', 'scored_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__churn_scores'),
], 'month_start', ref('dim_messenger__dates')) }}
