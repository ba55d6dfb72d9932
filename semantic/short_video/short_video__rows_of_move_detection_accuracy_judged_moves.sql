{{ rows_of_metric('mart_move_detection_accuracy', 'judged_moves', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__change_outcomes'),
    ref('fct_short_video__location_signals'),
    ref('fct_short_video__validated_moves'),
], 'stable_from', ref('dim_short_video__dates')) }}
