{{ stage_event('messenger', 'notification_settings_change') }}
