{{ rows_of_metric('mart_feature_engagement_rate', 'feature_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_feature_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
