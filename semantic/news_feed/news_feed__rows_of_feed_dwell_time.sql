{{ rows_of_metric('mart_feed_dwell_time', 'impressions', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__impressions'),
], 'impression_date', ref('dim_news_feed__dates')) }}
