{{ rows_of_metric('mart_percentage_completion', 'playbacks', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__viewings'),
], 'playback_date', ref('dim_streaming__dates')) }}
