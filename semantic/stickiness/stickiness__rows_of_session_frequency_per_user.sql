{{ rows_of_metric('mart_session_frequency_per_user', 'user_days', [
    ref('dim_stickiness__dates'),
    ref('fct_stickiness__sessions'),
    ref('fct_stickiness__user_days'),
], 'activity_date', ref('dim_stickiness__dates')) }}
