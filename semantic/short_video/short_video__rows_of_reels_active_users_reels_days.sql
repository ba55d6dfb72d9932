{{ rows_of_metric('mart_reels_active_users', 'reels_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__user_days'),
]) }}
