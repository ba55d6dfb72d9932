{#-
    The experiment on the ranking of the feed as it was planned, before anybody looked: who is compared, on what, for
    how long, and what would forbid a launch. Your own log may name it otherwise: var feed_ranking_experiment replaces
    single entries; for example {id: feed_ranking_2, planned_days: 28}

    The overall criterion is engagement and discovery at once: both are primary, so neither may fall beyond chance.
    What must not be paid for them are guardrails. docs/news_feed.md says why.
-#}

{% macro feed_ranking_experiment() %}
    {%- set experiment = {
        'id': 'feed_ranking',
        'control': 'control',
        'shares': {'control': 2, 'diversified': 2, 'chronological': 1},
        'segments': ['platform', 'country'],
        'planned_days': 42,
        'planned_units': 80,
        'metrics': {
            'positive_interaction_rate': {
                'label': 'positive interactions per impression',
                'role': 'primary',
                'kind': 'ratio',
                'numerator': 'positives',
                'denominator': 'impressions',
                'good_direction': 'up',
                'covariate': '(positives_before + 2e0) / (impressions_before + 10)',
            },
            'discovery_rate': {
                'label': 'discoveries per impression',
                'role': 'primary',
                'kind': 'ratio',
                'numerator': 'discoveries',
                'denominator': 'discoverable_impressions',
                'good_direction': 'up',
            },
            'positive_rate_at_the_top': {
                'label': 'interactions at the top five places',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'top_positives',
                'denominator': 'top_impressions',
                'good_direction': 'up',
            },
            'negative_interaction_rate': {
                'label': 'hides and reports per impression',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'negatives',
                'denominator': 'impressions',
                'good_direction': 'down',
            },
            'topics_engaged': {
                'label': 'topics engaged with per week',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'topics_engaged',
                'denominator': 'active_weeks',
                'good_direction': 'up',
                'covariate': '(topics_engaged_before + 1e0) / (active_weeks_before + 1)',
            },
            'unique_sources': {
                'label': 'sources seen per week',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'distinct_sources',
                'denominator': 'active_weeks',
                'good_direction': 'up',
                'covariate': '(distinct_sources_before + 10e0) / (active_weeks_before + 1)',
            },
            'time_per_session': {
                'label': 'minutes per session',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'ended_minutes',
                'denominator': 'ended_sessions',
                'good_direction': 'up',
                'covariate': '(minutes_before + 1e0) / (sessions_before + 1)',
            },
            'survey_complaint_rate': {
                'label': 'complaints per answer',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'complaints',
                'denominator': 'answers',
                'good_direction': 'down',
            },
            'time_per_user_day': {
                'label': 'minutes in the feed per user and day',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'minutes',
                'denominator': 'exposed_days',
                'good_direction': 'up',
                'covariate': 'minutes_before',
                'margin': 0.25,
            },
            'sources_at_equal_volume': {
                'label': 'sources of as many impressions',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'rarefied_sources',
                'denominator': 'rarefied_weeks',
                'good_direction': 'up',
                'margin': 0.1,
            },
            'negative_feedback_rate': {
                'label': 'rejected impressions',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'rejected_impressions',
                'denominator': 'impressions',
                'good_direction': 'down',
                'margin': 0.25,
            },
        },
    } -%}
    {%- do experiment.update(var('feed_ranking_experiment', {})) -%}
    {%- do refuse(experiment_problems(experiment, 'feed_ranking_experiment')) -%}
    {{- return(experiment) -}}
{% endmacro %}


{#-
    The same users, with the variant that is not personalised, the last one, as the control: whether a ranking by taste
    is worth it. It has a metric of its own, and its own family of comparisons.
-#}
{% macro feed_personalisation_experiment() %}
    {%- set ranking = feed_ranking_experiment() -%}
    {%- set experiment = dict(ranking, control=ranking.shares.keys() | last, planned_units=60, metrics={
        'personalized_positive_rate': {
            'label': 'interactions weighted by affinity',
            'role': 'primary',
            'kind': 'ratio',
            'numerator': 'impressions * affinity_of_positives / nullif(affinity, 0)',
            'denominator': 'impressions',
            'good_direction': 'up',
        },
        'positive_interaction_rate': {
            'label': 'positive interactions per impression',
            'role': 'secondary',
            'kind': 'ratio',
            'numerator': 'positives',
            'denominator': 'impressions',
            'good_direction': 'up',
        },
    }) -%}
    {{- return(experiment) -}}
{% endmacro %}


{#- The exposures of the experiment, as the CTE exposures: each session, since the feed is filled when it starts. -#}
{% macro feed_ranking_exposures() %}
exposures as (

    select
        user_id as unit_id,
        variant,
        started_at as exposed_at,
        platform,
        country
    from {{ recent(ref('fct_news_feed__sessions')) }}
    where experiment_id = {{ sql_text(feed_ranking_experiment().id) }}

)
{% endmacro %}


{#- The planned window of these exposures, as the CTE planned_window. -#}
{% macro feed_ranking_planned_window() %}
planned_window as (

    {{ experiment_window(
        'exposures',
        feed_ranking_experiment(),
        '(select max(date_day) from ' ~ ref('dim_news_feed__dates') ~ ' where is_complete_day)',
    ) | trim | indent(4) }}

)
{% endmacro %}


{#- The variant that is to replace the control. -#}
{% macro feed_ranking_change() %}
    {%- set experiment = feed_ranking_experiment() -%}
    {{- return(experiment.shares.keys() | reject('equalto', experiment.control) | first) -}}
{% endmacro %}
