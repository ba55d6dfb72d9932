{{ rows_of_metric('mart_streaming_active_users', 'watching_days', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__user_days'),
]) }}
