{{ rows_of_metric('mart_feed_content_type_mix', 'user_weeks', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__impressions'),
    ref('fct_news_feed__user_weeks'),
], 'week_start', ref('dim_news_feed__dates')) }}
