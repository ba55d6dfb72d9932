{{ rows_of_metric('mart_core_feed_time_spent', 'active_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
