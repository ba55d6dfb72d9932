{#- The list is written by `python -m scripts.sync`. -#}
{{ quarantine_events('messenger', [
    'app_session_start',
    'app_uninstall',
    'conversation_created',
    'message_received',
    'message_sent',
    'notification_settings_change',
]) }}
