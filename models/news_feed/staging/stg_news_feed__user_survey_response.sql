{{ stage_event('news_feed', 'user_survey_response') }}
