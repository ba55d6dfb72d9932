{{ rows_of_metric('mart_reel_engagement_rate', 'reels_of_days', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__plays'),
], 'view_date', ref('dim_short_video__dates')) }}
