{#- A table where its neighbours are views: each event's test reads it, and it must outlast the files. -#}
{{ config(materialized='table') }}

{{ quarantine_events('messenger', [
    'message_sent',
    'message_received',
    'app_session_start',
    'conversation_created',
    'notification_settings_change',
    'app_uninstall',
]) }}
