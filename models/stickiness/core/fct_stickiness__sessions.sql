{%- set signals = {
    'session_start': active_event() == 'session_start',
    'user_active_event': true,
    'content_viewed': true,
    'content_created': true,
    'social_interaction': true,
    'feature_used': true,
} -%}
{%- if active_event() == 'app_open' -%}
    {%- do signals.update({'app_open': true}) -%}
{%- endif %}

with

events as (

    {% for signal, is_action in signals.items() %}
        select
            user_id,
            event_at,
            {{ 'session_id' if signal != 'app_open' else 'cast(null as ' ~ engine_type('string') ~ ')' }} as session_id,
            {{ 1 if is_action else 0 }} as things_done,
            {{ 1 if signal == 'session_start' else 0 }} as is_start
        from {{ recent(ref('stg_stickiness__' ~ signal)) }}
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

),

events_of_people as (

    select events.*
    from events
    left join {{ recent(ref('fct_stickiness__automated_days')) }} as automated
        on
            events.user_id = automated.user_id
            and cast(events.event_at as date) = automated.activity_date
    where automated.user_id is null

),

numbered_events as (

    {{ sessionized(
        'events_of_people', ['user_id'], 'event_at', 60 * stickiness_thresholds().idle_minutes
    ) | trim | indent(4) }}

),

sessions as (

    select
        user_id,
        session_number,
        min(event_at) as started_at,
        max(event_at) as ended_at,
        min(session_id) as logged_session_id,
        count(distinct session_id) as logged_session_ids,
        sum(is_start) as logged_starts
    from numbered_events
    group by
        user_id,
        session_number
    -- A start after which nothing is done is a message that was swiped away, and no visit.
    having sum(things_done) > 0

)

select
    sessions.user_id,
    sessions.started_at,
    sessions.ended_at,
    cast(sessions.started_at as date) as session_date,
    known_users.platform,
    known_users.country,
    cast({{ seconds_between('sessions.started_at', 'sessions.ended_at') }} as {{ engine_type('double') }})
        as session_seconds,
    sessions.logged_session_id,
    case
        when sessions.logged_session_ids > 0
            then sessions.logged_session_ids = 1 and sessions.logged_starts = 1
    end as is_as_logged
from sessions
inner join {{ ref('dim_stickiness__users') }} as known_users
    on sessions.user_id = known_users.user_id
{{ in_order_of('session_date') }}
