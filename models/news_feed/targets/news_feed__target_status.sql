-- Groups are compared in readouts and in a fact: depends_on: {{ ref('news_feed__experiment_readout') }}
-- depends_on: {{ ref('news_feed__experiment_personalisation') }}
-- depends_on: {{ ref('fct_news_feed__survey_invitations') }}
{{ target_status('news_feed', ref('news_feed__metric_values')) }}
