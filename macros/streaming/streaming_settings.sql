{#- What may be set for streaming alone. An entry that is not given keeps its default. -#}

{% macro streaming_settings() %}
    {%- set days = {'type': 'integer', 'minimum': 1, 'maximum': 365} -%}
    {%- set percent = {'type': 'integer', 'minimum': 1, 'maximum': 100} -%}
    {%- set count = {'type': 'integer', 'minimum': 1, 'maximum': 1000000000} -%}
    {{- return([
        {
            'name': 'streaming_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'What counts as a view, as completed and as a binge, and how long people have for each.',
            'entries': [
                dict(
                    count, name='view_seconds', default=120,
                    meaning='Seconds watched from which on a playback is a view.',
                ),
                dict(
                    percent, name='completed_percent', default=90,
                    meaning='Part of its length after which a film or an episode is completed: credits follow.',
                ),
                dict(
                    percent, name='series_percent', default=80,
                    meaning='More of the episodes of a season than this have to be completed.',
                ),
                dict(
                    days, name='series_days', default=28,
                    meaning='Days that a starter of a season has to complete it.',
                ),
                dict(
                    days, name='hook_days', default=7,
                    meaning='Days that a starter of a series has for its first episode.',
                ),
                dict(
                    days, name='sitting_days', default=14,
                    meaning='Days in which several sittings are one viewing.',
                ),
                dict(
                    days, name='watchlist_days', default=28,
                    meaning='Days in which a title on a list has to be watched.',
                ),
                dict(days, name='new_days', default=28, meaning='Days for which a title is new.'),
                dict(
                    count, name='binge_episodes', default=3,
                    meaning='Episodes of a series in a row that are a binge.',
                ),
                dict(
                    count, name='binge_gap_minutes', default=30,
                    meaning='A break between two episodes as long as this ends a binge.',
                ),
                dict(
                    count, name='premiere_viewers', default=50,
                    meaning='A premiere is to have more viewers than this in its first week.',
                ),
            ],
        },
    ]) -}}
{% endmacro %}


{#- The thresholds of streaming, with those that are not set: {name: number}. -#}
{% macro streaming_thresholds() %}
    {{- return(entries_of_setting('streaming_thresholds', streaming_settings())) -}}
{% endmacro %}
