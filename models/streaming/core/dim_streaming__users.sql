{%- set signals = ['user_login_success', 'streaming_session_start', 'subscription_change', 'playback_start'] %}

with

user_events as (

    {% for signal in signals %}
        select
            user_id,
            event_at,
            platform,
            country
        from {{ recent(ref('stg_streaming__' ~ signal)) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ union_known_firsts('first_seen_at', {
        'user_id': 'user_id',
        'event_at': 'first_seen_at',
        'platform': 'platform',
        'country': 'country',
    }) | indent(4) }}

)

select
    user_id,
    min(event_at) as first_seen_at,
    -- As at the first event, so that no later one changes what a row says of an earlier day.
    min_by(coalesce(platform, 'unknown'), event_at) as platform,
    min_by(coalesce(country, 'unknown'), event_at) as country
from user_events
group by user_id
