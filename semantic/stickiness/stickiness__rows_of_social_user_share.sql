{{ rows_of_metric('mart_social_user_share', 'active_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
], 'activity_date', ref('dim_stickiness__dates')) }}
