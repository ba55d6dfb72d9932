{{ rows_of_metric('mart_time_spent_per_active_user', 'active_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__sessions'),
    ref('fct_stickiness__user_days'),
], 'activity_date', ref('dim_stickiness__dates')) }}
