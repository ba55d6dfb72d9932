{{ rows_of_metric('mart_harmful_engagement_correlation', 'item_weeks', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__item_weeks'),
], 'week_start', ref('dim_news_feed__dates')) }}
