{{ rows_of_metric('mart_engagement_tiers', 'user_months', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_months'),
], 'month_start', ref('dim_stickiness__dates')) }}
