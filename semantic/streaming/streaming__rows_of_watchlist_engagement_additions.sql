{{ rows_of_metric('mart_watchlist_engagement', 'additions', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__watchlist_items'),
], 'added_on', ref('dim_streaming__dates')) }}
