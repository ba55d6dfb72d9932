{{ rows_of_metric('mart_reels_service_latency', 'requests', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__service_requests'),
], 'request_date', ref('dim_short_video__dates')) }}
