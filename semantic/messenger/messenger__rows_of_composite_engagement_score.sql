{{ rows_of_metric('mart_composite_engagement_score', 'monthly_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__engagement_scores'),
], 'month_start', ref('dim_messenger__dates')) }}
