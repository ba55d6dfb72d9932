{{ rows_of_metric('mart_reels_created', 'reels_and_flows', [
    ref('dim_short_video__dates'),
    ref('dim_short_video__users'),
    ref('fct_short_video__creation_flows'),
    ref('fct_short_video__reels'),
], 'activity_date', ref('dim_short_video__dates')) }}
