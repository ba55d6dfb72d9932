{{ rows_of_metric('mart_average_view_duration', 'viewings', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__viewings'),
], 'first_started_on', ref('dim_streaming__dates')) }}
