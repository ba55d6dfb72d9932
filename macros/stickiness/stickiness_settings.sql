{#- What may be set for stickiness alone. An entry that is not given keeps its default. -#}

{% macro stickiness_settings() %}
    {%- set days = {'type': 'integer', 'minimum': 1, 'maximum': 28} -%}
    {{- return([
        {
            'name': 'stickiness_active_event',
            'type': 'choice',
            'allowed': ['user_active_event', 'app_open', 'session_start'],
            'default': 'user_active_event',
            'meaning': 'The event that makes a day an active day of its user.',
        },
        {
            'name': 'stickiness_core_features',
            'type': 'list',
            'each': {'type': 'text'},
            'default': ['feed', 'search', 'messages', 'groups', 'events', 'live'],
            'meaning': 'The features that were there from the beginning, so that a new one raises no count of them.',
        },
        {
            'name': 'stickiness_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'Where sessions, tiers and automated days begin.',
            'entries': [
                {
                    'name': 'idle_minutes', 'type': 'integer', 'minimum': 1, 'maximum': 1440, 'default': 30,
                    'meaning': 'Minutes without an event after which a session is over.',
                },
                {
                    'name': 'automated_events', 'type': 'integer', 'minimum': 2, 'maximum': 100000, 'default': 30,
                    'meaning': 'So many active events of a day, all at one or two seconds of the minute, are a script.',
                },
                dict(days, name='power_active_days', default=20, meaning='Active days of 28 of a power user.'),
                dict(days, name='core_active_days', default=8, meaning='Active days of 28 of a core user.'),
                {
                    'name': 'gone_days', 'type': 'integer', 'minimum': 29, 'maximum': 84, 'default': 56,
                    'meaning': 'Days since the last active one after which a dormant user is gone.',
                },
            ],
        },
    ]) -}}
{% endmacro %}


{#- The event that makes a day an active day. -#}
{% macro active_event() %}
    {{- return(var('stickiness_active_event', 'user_active_event')) -}}
{% endmacro %}


{#- The features that were there from the beginning. -#}
{% macro core_features() %}
    {%- for setting in stickiness_settings() if setting.name == 'stickiness_core_features' -%}
        {{- return(var('stickiness_core_features', setting.default)) -}}
    {%- endfor -%}
{% endmacro %}


{#- The thresholds of stickiness, with those that are not set: {name: number}. -#}
{% macro stickiness_thresholds() %}
    {{- return(entries_of_setting('stickiness_thresholds', stickiness_settings())) -}}
{% endmacro %}
