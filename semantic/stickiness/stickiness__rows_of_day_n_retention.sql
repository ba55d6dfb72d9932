{{ rows_of_metric('mart_day_n_retention', 'new_users', [
    ref('dim_stickiness__dates'),
    ref('dim_stickiness__users'),
    ref('fct_stickiness__user_days'),
], 'first_active_date', ref('dim_stickiness__dates')) }}
