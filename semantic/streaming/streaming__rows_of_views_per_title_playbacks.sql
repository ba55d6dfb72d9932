{{ rows_of_metric('mart_views_per_title', 'playbacks', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__premieres'),
], 'playback_date', ref('dim_streaming__dates')) }}
