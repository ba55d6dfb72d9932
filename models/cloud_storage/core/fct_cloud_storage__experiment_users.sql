{#- Four weeks say how busy a user is; longer ago, the user was another. -#}
{%- set recent = 'events.event_at >= ' ~ dbt.dateadd('day', -28, 'units.exposed_at') | trim %}

with

{{ quick_access_exposures() | trim }},

{{ quick_access_planned_window() | trim }},

{{ quick_access_actions() | trim }},

units as (

    {{ experiment_units(
        'exposures',
        'actions',
        values={
            'searches': 'events.searches',
            'navigation_actions_before_open': 'events.navigation_before_open',
            'files_opened': 'events.file_open',
            'sessions': 'events.session_start',
            'common_opens': 'case when events.common_open_seconds is not null then 1 end',
            'common_open_seconds': 'events.common_open_seconds',
        },
        covariates={
            'searches_before': 'case when ' ~ recent ~ ' then events.searches end',
            'navigation_actions_before': 'case when ' ~ recent ~ ' then events.navigation_before_open end',
            'files_opened_before': 'case when ' ~ recent ~ ' then events.file_open end',
            'sessions_before': 'case when ' ~ recent ~ ' then events.session_start end',
        },
        segments=['platform', 'country', 'app_version'],
        window='planned_window',
    ) | trim | indent(4) }}

)

select * from units
