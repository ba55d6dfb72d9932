{{ rows_of_metric('mart_click_through_to_original', 'audience', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__content_audience'),
], 'created_date', ref('dim_short_video__dates')) }}
