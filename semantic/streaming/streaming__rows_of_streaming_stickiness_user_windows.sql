{{ rows_of_metric('mart_streaming_stickiness', 'user_windows', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__user_days'),
], 'seen_from', ref('dim_streaming__dates')) }}
