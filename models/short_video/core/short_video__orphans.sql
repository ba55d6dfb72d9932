{#- What belongs to a session, a flow or a view needs its start. -#}
{%- set parents = [
    {
        'field': 'session_id', 'parent': 'fct_short_video__sessions', 'day': 'session_date',
        'events': [
            'user_active_session_start', 'main_feed_time_spent', 'stories_viewed', 'reel_session_summary',
            'feature_interaction', 'content_creation',
        ],
    },
    {
        'field': 'reel_session_id', 'parent': 'fct_short_video__creation_flows', 'day': 'flow_date',
        'events': ['reel_tool_used', 'reel_draft_saved', 'reel_published'],
    },
    {
        'field': 'view_id', 'parent': 'fct_short_video__plays', 'day': 'view_date',
        'events': ['reel_view_progress', 'reel_interaction'],
    },
] -%}
{%- set references = [] -%}
{%- for parent in parents -%}
    {%- for event in parent.events -%}
        {%- do references.append({
            'event': event,
            'field': parent.field,
            'parent': parent.parent,
            'day': parent.day,
            'matches': {parent.field: 'events.' ~ parent.field, 'user_id': 'events.user_id'},
        }) -%}
    {%- endfor -%}
{%- endfor -%}
{#- What names a share is of that share, and everything else of the original. -#}
{%- for event in ['content_shared', 'engagement_on_content', 'view_on_content'] -%}
    {%- do references.append({
        'event': event,
        'field': 'content_id_original',
        'parent': 'fct_short_video__originals',
        'day': 'created_date',
        'matches': {'content_id': 'events.content_id_original'},
        'where': none if event == 'content_shared' else 'events.shared_instance_id is null',
    }) -%}
{%- endfor -%}
{%- for event in ['engagement_on_content', 'view_on_content'] -%}
    {%- do references.append({
        'event': event,
        'field': 'shared_instance_id',
        'parent': 'fct_short_video__share_instances',
        'day': 'shared_date',
        'matches': {
            'shared_instance_id': 'events.shared_instance_id',
            'content_id': 'events.content_id_original',
        },
    }) -%}
{%- endfor %}

{{ orphaned_events('short_video', references) }}
