{%- set signals = ['app_open', 'session_start', 'user_active_event'] %}

with

user_events as (

    {% for signal in signals if signal != active_event() %}
        select
            user_id,
            event_at,
            platform,
            country,
            cast(null as timestamp) as active_at
        from {{ recent(ref('stg_stickiness__' ~ signal)) }}
        union all
    {% endfor %}
    select
        events.user_id,
        events.event_at,
        events.platform,
        events.country,
        case when automated.user_id is null then events.event_at end as active_at
    from {{ recent(ref('stg_stickiness__' ~ active_event())) }} as events
    left join {{ recent(ref('fct_stickiness__automated_days')) }} as automated
        on
            events.user_id = automated.user_id
            and cast(events.event_at as date) = automated.activity_date
    {%- for first_at in ['first_seen_at', 'first_active_at'] %}
        {{ union_known_firsts(first_at, {
            'user_id': 'user_id',
            'event_at': first_at,
            'platform': 'platform',
            'country': 'country',
            'active_at': first_at if first_at == 'first_active_at' else 'cast(null as timestamp)',
        }) | indent(8) }}
    {%- endfor %}

)

select
    user_id,
    cast(min(active_at) as date) as first_active_date,
    min(event_at) as first_seen_at,
    min(active_at) as first_active_at,
    -- As at the first event, so that no later one changes what a row says of an earlier day.
    min_by(coalesce(platform, 'unknown'), event_at) as platform,
    min_by(coalesce(country, 'unknown'), event_at) as country
from user_events
group by user_id
