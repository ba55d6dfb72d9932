{%- set double = engine_type('double') -%}
{#- What is logged in a session, by event: {column: aggregate over its rows}. -#}
{%- set logged = {
    'user_active_session_start': {'active_starts': 'count(*)'},
    'main_feed_time_spent': {'feed_ms': 'sum(duration_ms)'},
    'stories_viewed': {'stories_viewed': 'sum(stories_count)'},
    'reel_session_summary': {
        'reels_summaries': 'count(*)',
        'reels_viewed': 'sum(total_reels_viewed)',
        'reels_ms': 'sum(total_watch_time_ms_in_reels)',
    },
    'feature_interaction': {
        'interactions': 'count(*)',
        'platform_ms': 'sum(time_spent_on_interaction_ms)',
        'reels_interaction_ms':
            "sum(case when feature_name = 'Reels' and interaction_type = 'view' then time_spent_on_interaction_ms end)",
        'feed_interaction_ms':
            "sum(case when feature_name = 'Feed' and interaction_type = 'view' then time_spent_on_interaction_ms end)",
        'reels_interactions': "count(case when feature_name = 'Reels' then 1 end)",
    },
} -%}
{#- What is not logged in a session is nothing in it. -#}
{%- set amounts = [] -%}
{%- for event, columns in logged.items() -%}
    {%- for column in columns -%}
        {%- do amounts.append(
            'coalesce(cast(' ~ event ~ '_of_sessions.' ~ column ~ ' as '
            ~ (double if column.endswith('_ms') else 'bigint') ~ '), 0) as ' ~ column
        ) -%}
    {%- endfor -%}
{%- endfor %}

with

sessions as (

    -- Two users may have logged the same id, and a start that is sent again is none.
    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date,
        min(event_at) as started_at,
        min_by(coalesce(device_type, 'unknown'), event_at) as device_type
    from {{ recent(ref('stg_short_video__user_session_start')) }}
    group by
        user_id,
        session_id

),
{% for event, columns in logged.items() %}
    {%- set aggregates = [] %}
    {%- for column, aggregate in columns.items() %}
        {%- do aggregates.append(aggregate ~ ' as ' ~ column) %}
    {%- endfor %}
    {{ event }}_of_sessions as (

        select
            sessions.user_id,
            sessions.session_id,
            {{ aggregates | join(',\n            ') }}
        from {{ recent(ref('stg_short_video__' ~ event)) }} as events
        inner join sessions
            on
                events.user_id = sessions.user_id
                and events.session_id = sessions.session_id
                and {{ happened_near('events.event_at', 'sessions.session_date') | indent(16) }}
        group by
            sessions.user_id,
            sessions.session_id

    ){{ ',' if not loop.last }}
{% endfor %}

select
    sessions.session_id,
    sessions.user_id,
    sessions.started_at,
    sessions.session_date,
    sessions.device_type,
    known_users.platform,
    known_users.country,
    sessions.user_id || ' ' || sessions.session_id as session_key,
    {{ reels_group('sessions.session_date', 'known_users.first_reels_date') }} as reels_group,
    {{ launch_phase('sessions.session_date', 'launches.launch_week') }} as launch_phase,
    {{ amounts | join(',\n    ') }}
from sessions
inner join {{ ref('dim_short_video__users') }} as known_users
    on sessions.user_id = known_users.user_id
left join {{ ref('fct_short_video__launches') }} as launches
    on known_users.country = launches.country
{% for event in logged %}
    left join {{ event }}_of_sessions
        on
            sessions.user_id = {{ event }}_of_sessions.user_id
            and sessions.session_id = {{ event }}_of_sessions.session_id
{% endfor %}
{{ in_order_of('sessions.session_date') }}
