{{ rows_of_metric('mart_creator_reach_complaints', 'answers', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__creator_answers'),
], 'survey_date', ref('dim_news_feed__dates')) }}
