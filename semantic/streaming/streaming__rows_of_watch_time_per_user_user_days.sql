{{ rows_of_metric('mart_watch_time_per_user', 'user_days', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__sessions'),
    ref('fct_streaming__user_days'),
], 'activity_date', ref('dim_streaming__dates')) }}
