{{ rows_of_metric('mart_feed_time_spent', 'sessions', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__sessions'),
], 'session_date', ref('dim_news_feed__dates')) }}
