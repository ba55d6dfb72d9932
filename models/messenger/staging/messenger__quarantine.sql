{{ quarantine_events('messenger', [
    'message_sent',
    'message_received',
    'app_session_start',
    'conversation_created',
    'notification_settings_change',
    'app_uninstall',
]) }}
