{{ rows_of_metric('mart_series_hook_rate', 'first_episodes', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__viewings'),
], 'first_started_on', ref('dim_streaming__dates')) }}
