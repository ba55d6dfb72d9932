{#- What may be set for short video alone. An entry that is not given keeps its default. -#}

{% macro short_video_settings() %}
    {%- set days = {'type': 'integer', 'minimum': 1} -%}
    {{- return([
        {
            'name': 'short_video_features',
            'type': 'list',
            'each': {'type': 'text'},
            'default': ['Feed', 'Stories', 'Reels', 'Image_Upload'],
            'meaning': 'The features that are compared; reels are called Reels.',
        },
        {
            'name': 'short_video_critical_features',
            'type': 'list',
            'each': {'type': 'text'},
            'default': ['Feed', 'Stories'],
            'meaning': 'The features whose engagement must fall in no segment of users.',
        },
        {
            'name': 'short_video_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'Numbers that decide who is new, who has taken reels up, where a signup comes from, and what is shared '
                ~ 'with success.',
            'entries': [
                dict(days, name='creator_days', maximum=28, default=28,
                     meaning='Days in which a first reel makes somebody a new creator.'),
                dict(days, name='landmark_day', maximum=27, default=7,
                     meaning='Day after the signup by which a user has taken reels up, or is one of the others.'),
                dict(days, name='attribution_days', maximum=7, default=7,
                     meaning='Days before a signup in which a visit is what led to it.'),
                dict(days, name='successful_views', maximum=1000000, default=5,
                     meaning='Views of its shares from which a post counts as shared with success.'),
            ],
        },
    ] + short_video_location_settings()) -}}
{% endmacro %}


{#- A list that may be set for short video: short_video_features or short_video_critical_features. -#}
{% macro short_video_list(name) %}
    {%- for setting in short_video_settings() if setting.name == name -%}
        {{- return(var(name, setting.default)) -}}
    {%- endfor -%}
{% endmacro %}


{#- The thresholds of short video, with those that are not set: {name: number}. -#}
{% macro short_video_thresholds() %}
    {{- return(entries_of_setting('short_video_thresholds', short_video_settings())) -}}
{% endmacro %}
