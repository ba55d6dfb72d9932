{{ rows_of_metric('mart_move_detection_latency', 'changes', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__location_changes'),
    ref('fct_short_video__location_signals'),
    ref('fct_short_video__validated_moves'),
], 'detected_on', ref('dim_short_video__dates')) }}
