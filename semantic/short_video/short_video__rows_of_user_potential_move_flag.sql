{{ rows_of_metric('mart_user_potential_move_flag', 'days_and_flags', [
    ref('dim_short_video__dates'),
    ref('dim_short_video__users'),
    ref('fct_short_video__city_tenures'),
    ref('fct_short_video__location_signals'),
    ref('fct_short_video__potential_moves'),
], 'activity_date', ref('dim_short_video__dates')) }}
