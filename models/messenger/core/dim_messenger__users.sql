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
        from {{ ref('stg_messenger__' ~ signal) }}
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

)

select
    user_id,
    min(event_at) as first_seen_at,
    min(sent_at) as first_message_at,
    coalesce(min_by(platform, case when platform is not null then event_at end), 'unknown') as platform,
    coalesce(min_by(country, case when country is not null then event_at end), 'unknown') as country
from user_events
group by user_id
