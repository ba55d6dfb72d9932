{{ rows_of_metric('mart_audience_expansion_ratio', 'originals', [
    ref('dim_short_video__dates'),
    ref('fct_short_video__amplification'),
], 'created_date', ref('dim_short_video__dates')) }}
