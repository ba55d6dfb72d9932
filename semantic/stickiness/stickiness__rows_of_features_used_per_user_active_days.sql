{{ rows_of_metric('mart_features_used_per_user', 'active_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
    ref('fct_stickiness__user_feature_days'),
], 'activity_date', ref('dim_stickiness__dates')) }}
