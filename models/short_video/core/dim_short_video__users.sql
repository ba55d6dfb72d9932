{#- What tells of a user, and which first of the user it is. -#}
{%- set firsts = {
    'user_active_session_start': none,
    'user_session_start': none,
    'user_signup_completed': 'signed_up_at',
    'reel_view_impression': 'first_reels_at',
    'reel_published': 'first_published_at',
} -%}
{%- set columns = firsts.values() | select | list %}

with

user_events as (

    {% for event, first in firsts.items() %}
        {%- set times = [] %}
        {%- for column in columns %}
            {%- do times.append(('event_at' if column == first else 'cast(null as timestamp)') ~ ' as ' ~ column) %}
        {%- endfor %}
        select
            user_id,
            event_at,
            platform,
            country,
            {{ times | join(',\n            ') }}
        from {{ recent(ref('stg_short_video__' ~ event)) }}
        {# Before the signup nobody is a user. -#}
        {{ 'where session_id is not null' if event == 'reel_view_impression' }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- for first_at in ['first_seen_at'] + columns %}
        {%- set known = {
            'user_id': 'user_id', 'event_at': first_at, 'platform': 'platform', 'country': 'country',
        } %}
        {%- for column in columns %}
            {%- do known.update({column: first_at if column == first_at else 'cast(null as timestamp)'}) %}
        {%- endfor %}
        {{ union_known_firsts(first_at, known) | indent(8) }}
    {%- endfor %}

)

select
    user_id,
    cast(min(signed_up_at) as date) as signup_date,
    cast(min(first_reels_at) as date) as first_reels_date,
    cast(min(first_published_at) as date) as first_published_date,
    min(event_at) as first_seen_at,
    min(signed_up_at) as signed_up_at,
    min(first_reels_at) as first_reels_at,
    min(first_published_at) as first_published_at,
    -- As at the first event, so that no later one changes what a row says of an earlier day.
    min_by(coalesce(platform, 'unknown'), event_at) as platform,
    min_by(coalesce(country, 'unknown'), event_at) as country
from user_events
group by user_id
