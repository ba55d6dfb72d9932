{{ rows_of_metric('mart_feed_survey_complaint_rate', 'invitations', [
    ref('dim_news_feed__dates'),
    ref('fct_news_feed__survey_invitations'),
], 'survey_date', ref('dim_news_feed__dates')) }}
