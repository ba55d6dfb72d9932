{{ stage_event('messenger', 'app_uninstall') }}
