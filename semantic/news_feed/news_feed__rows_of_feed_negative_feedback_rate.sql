{{ rows_of_metric('mart_feed_negative_feedback_rate', 'impressions', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__impressions'),
], 'impression_date', ref('dim_news_feed__dates')) }}
