{{ rows_of_metric('mart_reels_time_spent_per_user', 'user_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
