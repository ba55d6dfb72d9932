{{ rows_of_metric('mart_reported_reels_per_1m_views', 'views_and_reports', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__plays'),
    ref('fct_short_video__reports'),
], 'activity_date', ref('dim_short_video__dates')) }}
