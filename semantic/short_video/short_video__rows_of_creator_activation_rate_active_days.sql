{{ rows_of_metric('mart_creator_activation_rate', 'active_days', [
    ref('dim_short_video__dates'),
    ref('dim_short_video__users'),
    ref('fct_short_video__reels'),
    ref('fct_short_video__user_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
