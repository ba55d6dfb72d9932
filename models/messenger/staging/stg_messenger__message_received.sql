{{ stage_event('messenger', 'message_received') }}
