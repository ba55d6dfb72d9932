{{ rows_of_metric('mart_active_day_ratios', 'user_windows', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
], 'seen_from', ref('dim_stickiness__dates')) }}
