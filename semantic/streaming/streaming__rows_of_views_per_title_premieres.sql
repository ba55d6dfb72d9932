{{ rows_of_metric('mart_views_per_title', 'premieres', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__premieres'),
], 'premiered_on', ref('dim_streaming__dates')) }}
