{{ rows_of_metric('mart_engagement_rate_sc', 'surfaces', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__content_surfaces'),
], 'created_date', ref('dim_short_video__dates')) }}
