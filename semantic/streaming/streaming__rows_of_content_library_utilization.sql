{{ rows_of_metric('mart_content_library_utilization', 'title_days', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__title_days'),
], 'date_day', ref('dim_streaming__dates')) }}
