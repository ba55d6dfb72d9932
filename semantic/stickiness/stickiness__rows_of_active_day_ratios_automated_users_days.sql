{{ rows_of_metric('mart_active_day_ratios', 'automated_users_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_days'),
]) }}
