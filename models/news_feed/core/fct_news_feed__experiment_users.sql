{#- Four weeks say how a user reads; longer ago, the user was another. -#}
{%- set lately = 'events.event_at >= ' ~ dbt.dateadd('day', -28, 'units.exposed_at') | trim %}
{%- set of_days = [
    'sessions', 'ended_sessions', 'impressions', 'positives', 'top_impressions', 'top_positives', 'negatives',
    'rejected_impressions', 'discoverable_impressions', 'discoveries', 'affinity', 'affinity_of_positives',
] %}
{%- set of_weeks = ['topics_engaged', 'distinct_sources', 'rarefied_sources'] %}
{%- set added = ['minutes', 'ended_minutes'] + of_days + ['active_weeks', 'rarefied_weeks'] + of_weeks
    + ['answers', 'complaints'] %}
{%- set before = [
    'minutes', 'sessions', 'impressions', 'positives', 'active_weeks', 'topics_engaged', 'distinct_sources',
] %}
{%- set values, covariates = {}, {} %}
{%- for name in added %}
    {%- do values.update({name: 'events.' ~ name}) %}
{%- endfor %}
{%- for name in before %}
    {%- do covariates.update({name ~ '_before': 'case when ' ~ lately ~ ' then events.' ~ name ~ ' end'}) %}
{%- endfor %}

with

{{ feed_ranking_exposures() | trim }},

{{ feed_ranking_planned_window() | trim }},

actions as (

    select
        user_id as unit_id,
        first_started_at as event_at,
        feed_ms / 60000e0 as minutes,
        ended_ms / 60000e0 as ended_minutes,
        {{ columns_of_each(of_days, '%s') }},
        {{ columns_of_each(['active_weeks', 'rarefied_weeks'] + of_weeks + ['answers', 'complaints'], 'null as %s') }}
    from {{ recent(ref('fct_news_feed__user_days')) }}
    union all
    select
        user_id as unit_id,
        first_started_at as event_at,
        {{ columns_of_each(['minutes', 'ended_minutes'] + of_days, 'null as %s') }},
        1 as active_weeks,
        case when rarefied_sources is not null then 1 end as rarefied_weeks,
        {{ columns_of_each(of_weeks, '%s') }},
        {{ columns_of_each(['answers', 'complaints'], 'null as %s') }}
    from {{ recent(ref('fct_news_feed__user_weeks')) }}
    union all
    select
        user_id as unit_id,
        closed_at as event_at,
        {{ columns_of_each(['minutes', 'ended_minutes'] + of_days, 'null as %s') }},
        {{ columns_of_each(['active_weeks', 'rarefied_weeks'] + of_weeks, 'null as %s') }},
        answers,
        complaints
    from {{ recent(ref('fct_news_feed__survey_invitations')) }}

),

units as (

    {{ experiment_units(
        'exposures',
        'actions',
        values=values,
        covariates=covariates,
        segments=['platform', 'country'],
        window='planned_window',
    ) | trim | indent(4) }}

)

select * from units
