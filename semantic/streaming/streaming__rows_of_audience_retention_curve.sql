{{ rows_of_metric('mart_audience_retention_curve', 'retention', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__title_retention'),
], 'first_started_on', ref('dim_streaming__dates')) }}
