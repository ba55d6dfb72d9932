{{ orphaned_events('messenger', [{
    'event': 'message_received',
    'field': 'message_id',
    'parent': 'fct_messenger__messages',
    'day': 'message_date',
    'matches': {'message_id': 'events.message_id'},
}]) }}
