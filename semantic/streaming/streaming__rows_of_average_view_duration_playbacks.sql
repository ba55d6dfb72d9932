{{ rows_of_metric('mart_average_view_duration', 'playbacks', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__viewings'),
], 'playback_date', ref('dim_streaming__dates')) }}
