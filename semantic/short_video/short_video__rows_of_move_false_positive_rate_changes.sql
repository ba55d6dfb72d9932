{{ rows_of_metric('mart_move_false_positive_rate', 'changes', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__change_outcomes'),
    ref('fct_short_video__homes'),
    ref('fct_short_video__location_signals'),
    ref('fct_short_video__potential_moves'),
], 'detected_on', ref('dim_short_video__dates')) }}
