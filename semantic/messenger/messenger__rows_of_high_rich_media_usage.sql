{{ rows_of_metric('mart_high_rich_media_usage', 'monthly_users', [
    ref('dim_messenger__dates'),
    ref('fct_messenger__engagement_scores'),
    ref('fct_messenger__messages'),
], 'month_start', ref('dim_messenger__dates')) }}
