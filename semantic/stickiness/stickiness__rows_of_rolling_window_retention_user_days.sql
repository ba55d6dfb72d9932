{{ rows_of_metric('mart_rolling_window_retention', 'user_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
], 'period_start', ref('dim_stickiness__dates')) }}
