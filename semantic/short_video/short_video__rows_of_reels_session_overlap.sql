{{ rows_of_metric('mart_reels_session_overlap', 'session_features', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__session_features'),
    ref('fct_short_video__sessions'),
], 'session_date', ref('dim_short_video__dates')) }}
