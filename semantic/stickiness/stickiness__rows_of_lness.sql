{{ rows_of_metric('mart_lness', 'user_weeks', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
], 'seen_from', ref('dim_stickiness__dates')) }}
