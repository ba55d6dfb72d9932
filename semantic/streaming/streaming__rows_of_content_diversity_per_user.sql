{{ rows_of_metric('mart_content_diversity_per_user', 'user_months', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__user_months'),
], 'month_start', ref('dim_streaming__dates')) }}
