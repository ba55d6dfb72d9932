{{ rows_of_metric('mart_feed_follow_rate', 'impressions_and_follows', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__follows'),
    ref('fct_news_feed__impressions'),
], 'activity_date', ref('dim_news_feed__dates')) }}
