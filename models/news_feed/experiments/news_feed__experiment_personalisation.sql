with

{{ feed_ranking_exposures() | trim }},

{{ feed_ranking_planned_window() | trim }},

{{ planned_readout(
    ref('fct_news_feed__experiment_users'),
    ref('news_feed__experiment_split'),
    feed_personalisation_experiment(),
) | trim }}
