{{ rows_of_metric('mart_active_day_ratios', 'dau_by_session_start_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
]) }}
