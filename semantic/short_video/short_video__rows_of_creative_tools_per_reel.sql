{{ rows_of_metric('mart_creative_tools_per_reel', 'reels', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__reels'),
], 'published_date', ref('dim_short_video__dates')) }}
