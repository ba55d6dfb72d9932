{{ rows_of_metric('mart_series_completion_rate', 'seasons', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__seasons_started'),
], 'first_started_on', ref('dim_streaming__dates')) }}
