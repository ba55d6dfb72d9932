{{ rows_of_metric('mart_feature_user_flow', 'moves', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__feature_moves'),
], 'session_date', ref('dim_short_video__dates')) }}
