{{ rows_of_metric('mart_watchlist_engagement', 'list_events', [
    ref('dim_streaming__dates'),
    ref('fct_streaming__playbacks'),
    ref('fct_streaming__watchlist_items'),
], 'list_date', ref('dim_streaming__dates')) }}
