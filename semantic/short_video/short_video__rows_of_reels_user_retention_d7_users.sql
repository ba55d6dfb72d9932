{{ rows_of_metric('mart_reels_user_retention', 'd7_users', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__new_users'),
], 'signup_date', ref('dim_short_video__dates')) }}
