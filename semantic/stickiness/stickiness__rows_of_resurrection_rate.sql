{{ rows_of_metric('mart_resurrection_rate', 'user_months', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__user_months'),
], 'month_start', ref('dim_stickiness__dates')) }}
