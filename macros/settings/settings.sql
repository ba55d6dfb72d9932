{#-
    Every setting of the project: what the var of that name may be, and what it means. Defaults stand in
    dbt_project.yml, or here as `default` where a var is not in it. A scenario's own settings are declared likewise in
    its <scenario>_settings; docs/settings.md shows all of them.

    type                     integer, number, day, text, name (of a column), choice, list or mapping
    minimum, maximum, above  bounds of an integer or a number
    without                  text: characters that it may not have
    allowed                  choice: all values that there are; mapping: all keys
    length                   list: how many entries it has
    may_be_single            list: whether one entry may stand for a list of it
    each                     list and mapping: the rule of each entry
    entries                  mapping: the entries that it may have, declared as settings are, with defaults of their own
    required                 mapping: the entries that it must have
    optional                 whether it may be null
-#}

{% macro settings() %}
    {{- return([
        {
            'name': 'scenarios',
            'type': 'list',
            'may_be_single': true,
            'each': {'type': 'choice', 'allowed': all_scenarios()},
            'default': none,
            'optional': true,
            'meaning': 'The scenarios that are switched on; null: all. Given on the command line only, because dbt reads '
                ~ 'it before it knows the vars of dbt_project.yml.',
        },
        {
            'name': 'semantic_layer',
            'type': 'choice',
            'allowed': ['built'],
            'default': none,
            'optional': true,
            'meaning': 'built: the views and metrics of the semantic layer are there (semantic_layer.md). Given on the '
                ~ 'command line only, as scenarios is; `make metrics` does.',
        },
        {
            'name': 'raw_path',
            'type': 'text',
            'optional': true,
            'meaning': 'The folder of files that raw events come from. Without it and raw_schema they are the seeds.',
        },
        {
            'name': 'raw_schema',
            'type': 'text',
            'without': '"`\'',
            'optional': true,
            'meaning': 'The schema of the tables that raw events come from, where they lie in the warehouse.',
        },
        {
            'name': 'absent_events',
            'type': 'list',
            'each': {'type': 'text'},
            'meaning': 'Events that your product does not log, as <scenario>.<event>; each becomes an empty table.',
        },
        {
            'name': 'event_mapping',
            'type': 'mapping',
            'each': {'type': 'mapping', 'optional': true},
            'meaning': 'How logs of your own are read as the events of each scenario: mapping.md.',
        },
        {
            'name': 'calendar_events',
            'type': 'mapping',
            'allowed': all_scenarios(),
            'each': {'type': 'text'},
            'meaning': 'The event from whose first to whose last receipt the calendar of a scenario reaches, where yours '
                ~ 'has a steadier one than ride_completion, file_opened or message_sent.',
        },
        {
            'name': 'clock_skew_seconds',
            'type': 'integer',
            'minimum': 0,
            'maximum': 86400,
            'meaning': "How far a client's clock may run ahead of the server's before its event is quarantined.",
        },
        {
            'name': 'earliest_event',
            'type': 'day',
            'meaning': 'Events before this day (better: the launch of your product) are misread or of a clock that was '
                ~ 'never set. Most clocks that are not set say 1970 or 1980.',
        },
        {
            'name': 'latest_event',
            'type': 'day',
            'meaning': 'The same of events from this day on.',
        },
        {
            'name': 'built_on',
            'type': 'day',
            'optional': true,
            'meaning': 'The day of a build in UTC, where it is known: events of later days go to the quarantine.',
        },
        {
            'name': 'ahead_days',
            'type': 'integer',
            'minimum': 0,
            'maximum': 3660,
            'meaning': 'Without built_on, a few events go to the quarantine that lie more than so many days after all '
                ~ 'others.',
        },
        {
            'name': 'longest_history_years',
            'type': 'integer',
            'minimum': 1,
            'maximum': 1000,
            'meaning': 'Events of a scenario that lie further apart are named before anything is built.',
        },
        {
            'name': 'new_user_days',
            'type': 'integer',
            'minimum': 1,
            'maximum': 3660,
            'meaning': 'For how many days from the first use a rider, member or user counts as new.',
        },
        {
            'name': 'period_grains',
            'type': 'list',
            'each': {'type': 'choice', 'allowed': ['day', 'week', 'month']},
            'meaning': 'The grains that every mart publishes.',
        },
        {
            'name': 'slices',
            'type': 'list',
            'each': {'type': 'text'},
            'meaning': "The slices that marts publish. An empty list keeps all of a mart's own, [all] none but the whole.",
        },
        {
            'name': 'late_days',
            'type': 'integer',
            'minimum': 0,
            'maximum': 3660,
            'meaning': 'How many days before the newest day of the last complete build a daily build reads again, for '
                ~ 'events that are late.',
        },
        {
            'name': 'rebuild_from',
            'type': 'day',
            'optional': true,
            'meaning': 'For once, a day before those, from which a build reads everything anew.',
        },
        {
            'name': 'changed_days',
            'type': 'choice',
            'allowed': ['error', 'warn'],
            'meaning': 'What it means that raw events of days before those are not the ones that they were built from: '
                ~ 'error, and nothing is built, or warn.',
        },
        {
            'name': 'follow_up_days',
            'type': 'integer',
            'minimum': 0,
            'maximum': 3660,
            'meaning': 'An event counts for the ride or request that it refers to if it happens at most so many days '
                ~ 'later.',
        },
        {
            'name': 'launches',
            'type': 'mapping',
            'allowed': all_scenarios(),
            'each': {'type': 'day'},
            'meaning': 'When a scenario launched what it is about, for its targets. Without it, that of the seeds counts '
                ~ 'or, where other events are read, the first use.',
        },
        {
            'name': 'sampling_rates',
            'type': 'mapping',
            'allowed': all_scenarios(),
            'each': {'type': 'number', 'above': 0, 'maximum': 1},
            'meaning': "The share of a scenario's users whose events these are, where they are a sample (targets.md). "
                ~ 'Without it, that of the seeds counts or, where other events are read, they are all.',
        },
        {
            'name': 'target_overrides',
            'type': 'mapping',
            'each': {'type': 'mapping'},
            'meaning': "Settings of a target by its id, over those in its metric's YAML: threshold, severity, periods, "
                ~ 'launched_on and owner.',
        },
    ]) -}}
{% endmacro %}


{#- All settings of the scenarios that are switched on: a list of settings. -#}
{% macro declared_settings() %}
    {%- set declared = settings() -%}
    {%- for scenario in scenarios() -%}
        {%- do declared.extend(settings_of_scenario(scenario)) -%}
    {%- endfor -%}
    {{- return(declared) -}}
{% endmacro %}


{#- The settings that a scenario has for itself, as a list; most have none. -#}
{% macro settings_of_scenario(scenario) %}
    {%- set declared = context.get(scenario ~ '_settings') -%}
    {{- return(declared() if declared else []) -}}
{% endmacro %}


{#- The vars of dbt_project.yml that nobody sets: a YAML file gets what it shares with others from vars alone. -#}
{% macro fixed_vars() %}
    {{- return(['mart_columns', 'target_columns', 'layers']) -}}
{% endmacro %}
