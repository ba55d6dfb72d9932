with

sessions as (

    select
        user_id,
        started_at,
        platform,
        country
    from {{ recent(ref('fct_news_feed__sessions')) }}
    {{ union_known_firsts('first_seen_at', {
        'user_id': 'user_id',
        'started_at': 'first_seen_at',
        'platform': 'platform',
        'country': 'country',
    }) | indent(4) }}

),

first_sessions as (

    select
        user_id,
        min(started_at) as first_seen_at,
        min_by(platform, started_at) as platform,
        min_by(country, started_at) as country
    from sessions
    group by user_id

),

exposures as (

    select
        user_id as unit_id,
        variant,
        started_at as exposed_at
    from {{ recent(ref('fct_news_feed__sessions')) }}
    where experiment_id = {{ sql_text(feed_ranking_experiment().id) }}
    {{ union_known_firsts('exposed_at', {
        'unit_id': 'user_id',
        'variant': 'variant',
        'exposed_at': 'exposed_at',
    }) | indent(4) }}

),

first_exposures as (

    {{ first_exposures('exposures') | trim | indent(4) }}

)

select
    first_sessions.user_id,
    first_sessions.first_seen_at,
    first_sessions.platform,
    first_sessions.country,
    -- That of the first exposure, whatever comes later: what a row says of a day must not change afterwards.
    first_exposures.variant,
    first_exposures.exposed_at
from first_sessions
left join first_exposures
    on first_sessions.user_id = first_exposures.unit_id
