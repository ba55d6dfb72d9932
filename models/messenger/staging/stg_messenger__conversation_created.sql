{{ stage_event('messenger', 'conversation_created') }}
