{{ stage_event('messenger', 'message_sent') }}
