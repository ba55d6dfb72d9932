{#- What may be set for cloud storage alone. -#}

{% macro cloud_storage_settings() %}
    {{- return([
        {
            'name': 'quick_access_experiment',
            'type': 'mapping',
            'entries': experiment_settings(),
            'default': {},
            'meaning': 'What your log calls the experiment on Quick Access, and its plan: entries that replace those in '
                ~ 'macros/cloud_storage/quick_access_experiment.sql (experiments.md).',
        },
    ]) -}}
{% endmacro %}
