{%- set signals = ['message_sent', 'message_received', 'app_session_start', 'conversation_created'] %}

with

user_events as (

    {% for signal in signals %}
        select
            user_id,
            event_at,
            platform,
            country,
            {{ 'event_at' if signal == 'message_sent' else 'cast(null as timestamp)' }} as sent_at
        from {{ recent(ref('stg_messenger__' ~ signal)) }}
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}
    {%- for first_at in ['first_seen_at', 'first_message_at'] %}
        {{ union_known_firsts(first_at, {
            'user_id': 'user_id',
            'event_at': first_at,
            'platform': 'platform',
            'country': 'country',
            'sent_at': first_at if first_at == 'first_message_at' else 'cast(null as timestamp)',
        }) | indent(8) }}
    {%- endfor %}

)

select
    user_id,
    min(event_at) as first_seen_at,
    min(sent_at) as first_message_at,
    -- As at the first event, so that no later one changes what a row says of an earlier day.
    min_by(coalesce(platform, 'unknown'), event_at) as platform,
    min_by(coalesce(country, 'unknown'), event_at) as country
from user_events
group by user_id
