{{ rows_of_metric('mart_feed_unique_sources', 'user_weeks', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__impressions'),
    ref('fct_news_feed__user_weeks'),
], 'week_start', ref('dim_news_feed__dates')) }}
