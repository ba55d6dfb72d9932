{{ rows_of_metric('mart_feature_active_users', 'used_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_feature_days'),
]) }}
