{{ rows_of_metric('mart_user_significant_location_change', 'days_and_changes', [
    ref('dim_short_video__dates'),
    ref('dim_short_video__users'),
    ref('fct_short_video__city_tenures'),
    ref('fct_short_video__location_changes'),
    ref('fct_short_video__location_signals'),
], 'activity_date', ref('dim_short_video__dates')) }}
