{{ rows_of_metric('mart_user_cdl_city', 'active_days', [
    ref('dim_short_video__dates'),
    ref('dim_short_video__users'),
    ref('fct_short_video__dominant_cities'),
    ref('fct_short_video__location_signals'),
    ref('fct_short_video__user_days'),
], 'activity_date', ref('dim_short_video__dates')) }}
