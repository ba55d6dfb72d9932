{%- set references = [] -%}
{%- for event in ['user_active_event', 'content_viewed', 'content_created', 'social_interaction', 'feature_used'] -%}
    {%- do references.append({
        'event': event,
        'field': 'session_id',
        'parent': 'stg_stickiness__session_start',
        'day': 'event_at',
        'matches': {'session_id': 'events.session_id'},
    }) -%}
{%- endfor -%}
{{ orphaned_events('stickiness', references) }}
