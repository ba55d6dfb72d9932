{{ rows_of_metric('mart_feed_items_viewed', 'sessions', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__sessions'),
], 'session_date', ref('dim_news_feed__dates')) }}
