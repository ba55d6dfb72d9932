{{ rows_of_metric('mart_streaming_active_users', 'feature_using_days', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__user_days'),
]) }}
