{#- What may be set for food delivery alone. An entry that is not given keeps its default. -#}

{% macro food_delivery_settings() %}
    {%- set kilometres = {'type': 'number', 'above': 0, 'maximum': 100} -%}
    {{- return([
        {
            'name': 'batching_experiment',
            'type': 'mapping',
            'entries': experiment_settings(),
            'default': {},
            'meaning': 'What your log calls the switchback of the batching algorithm, and its plan: entries that '
                ~ 'replace those in macros/food_delivery/batching_experiment.sql (experiments.md).',
        },
        {
            'name': 'food_delivery_thresholds',
            'type': 'mapping',
            'default': {},
            'meaning': 'How long a window of the switchback is, which orders could have been batched, and how streets '
                ~ 'wind.',
            'entries': [
                {
                    'name': 'window_minutes', 'type': 'integer', 'minimum': 15, 'maximum': 1440, 'default': 120,
                    'meaning': 'Minutes for which a zone keeps its version; the first window begins at midnight, UTC.',
                },
                {
                    'name': 'washout_minutes', 'type': 'integer', 'minimum': 0, 'maximum': 240, 'default': 20,
                    'meaning': 'First minutes of a window, in which couriers are still on the trips of the one before: '
                        ~ 'orders placed in them are in no number of the experiment.',
                },
                {
                    'name': 'eligible_minutes', 'type': 'integer', 'minimum': 1, 'maximum': 60, 'default': 10,
                    'meaning': 'Minutes between two orders that could have been batched.',
                },
                dict(kilometres, name='eligible_pickup_km', default=0.3,
                     meaning='Kilometres between their restaurants.'),
                dict(kilometres, name='eligible_door_km', default=1.5,
                     meaning='Kilometres between their doors.'),
                {
                    'name': 'street_factor', 'type': 'number', 'minimum': 1, 'maximum': 3, 'default': 1.3,
                    'meaning': 'Kilometres driven for each as the crow flies; single trips show what it is for you.',
                },
            ],
        },
    ]) -}}
{% endmacro %}


{#- The thresholds of food delivery, with those that are not set: {name: number}. -#}
{% macro food_delivery_thresholds() %}
    {{- return(entries_of_setting('food_delivery_thresholds', food_delivery_settings())) -}}
{% endmacro %}


{#- What a type cannot say of the settings of food delivery, as a list of sentences. -#}
{% macro check_food_delivery_settings() %}
    {%- set thresholds, problems = food_delivery_thresholds(), [] -%}
    {%- if thresholds.washout_minutes >= thresholds.window_minutes -%}
        {%- do problems.append(
            'food_delivery_thresholds: a washout of ' ~ thresholds.washout_minutes
            ~ ' minutes leaves nothing of windows of ' ~ thresholds.window_minutes
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
