{#- What may be set for the news feed alone. An entry that is not given keeps its default. -#}

{% macro news_feed_settings() %}
    {%- set count = {'type': 'integer', 'minimum': 1, 'maximum': 1000000} -%}
    {{- return([
        {
            'name': 'feed_ranking_experiment',
            'type': 'mapping',
            'entries': experiment_settings(),
            'default': {},
            'meaning': 'What your log calls the experiment on the ranking of the feed, and its plan: entries that '
                ~ 'replace those in macros/news_feed/feed_ranking_experiment.sql (experiments.md).',
        },
        {
            'name': 'news_feed_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'From how many impressions on users and items are compared, and when creators lose reach.',
            'entries': [
                dict(
                    count, name='rarefied_impressions', default=10,
                    meaning='Impressions that are drawn of each user and week before their sources are counted.',
                ),
                dict(
                    count, name='item_impressions', default=5,
                    meaning='Impressions of a week from which on engagement with an item is compared with its harm.',
                ),
                {
                    'name': 'reach_fell_percent', 'type': 'integer', 'minimum': 1, 'maximum': 100, 'default': 80,
                    'meaning': 'The reach of a creator fell if two weeks have less than this part of the two before.',
                },
            ],
        },
    ]) -}}
{% endmacro %}


{#- The thresholds of the news feed, with those that are not set: {name: number}. -#}
{% macro news_feed_thresholds() %}
    {{- return(entries_of_setting('news_feed_thresholds', news_feed_settings())) -}}
{% endmacro %}


{#- What types of content there are: those that the rules of item_impression_in_feed accept. -#}
{% macro feed_content_types() %}
    {{- return(['photo', 'video', 'text', 'link']) -}}
{% endmacro %}
