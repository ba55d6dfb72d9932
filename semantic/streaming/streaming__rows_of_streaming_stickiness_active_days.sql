{{ rows_of_metric('mart_streaming_stickiness', 'active_days', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__user_days'),
]) }}
