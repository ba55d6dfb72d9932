{{ rows_of_metric('mart_platform_time_spent_per_user', 'active_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
