{{ rows_of_metric('mart_streaming_session_duration', 'sessions', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__sessions'),
], 'session_date', ref('dim_streaming__dates')) }}
