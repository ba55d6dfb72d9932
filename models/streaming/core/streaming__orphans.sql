{%- set references = [
    {
        'event': 'streaming_session_end',
        'field': 'session_id',
        'parent': 'fct_streaming__sessions',
        'day': 'session_date',
        'matches': {'session_id': 'events.session_id', 'user_id': 'events.user_id'},
    },
    {
        'event': 'playback_start',
        'field': 'session_id',
        'parent': 'fct_streaming__sessions',
        'day': 'session_date',
        'matches': {'session_id': 'events.session_id', 'user_id': 'events.user_id'},
    },
] -%}
{%- for event in [
    'playback_completion_milestone', 'playback_stop_or_abandon', 'in_video_interaction',
] -%}
    {%- do references.append({
        'event': event,
        'field': 'playback_id',
        'parent': 'fct_streaming__playbacks',
        'day': 'playback_date',
        'matches': {'playback_id': 'events.playback_id', 'user_id': 'events.user_id'},
    }) -%}
{%- endfor -%}
{{ orphaned_events('streaming', references) }}
